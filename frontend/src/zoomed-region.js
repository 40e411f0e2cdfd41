// Zooming and dragging an SVG inside a region that scrolls: fingers and arrow keys scroll it as
// they scroll everything, so only the mouse needs help.

const SMALLEST_SCALE = 0.25;
const LARGEST_SCALE = 3;
const READABLE_SCALE = 0.88; // below it the labels are hard to read; a wider graph scrolls instead

export class ZoomedRegion {
  constructor(region) {
    this.region = region;
    this.svg = region.querySelector('svg');
    this.natural = { width: this.svg.viewBox.baseVal.width, height: this.svg.viewBox.baseVal.height };
    region.addEventListener('wheel', (event) => this.followWheel(event), { passive: false });
    region.addEventListener('pointerdown', (event) => this.drag(event));
    this.scaleTo(Math.min(1, Math.max(READABLE_SCALE, this.fittingScale())));
  }

  fittingScale() {
    return this.region.clientWidth / this.natural.width || 1;
  }

  scaleTo(scale) {
    this.scale = Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, scale));
    this.svg.setAttribute('width', this.natural.width * this.scale);
    this.svg.setAttribute('height', this.natural.height * this.scale);
  }

  zoom(way) {
    this.scaleTo({ in: this.scale * 1.25, out: this.scale * 0.8, fit: this.fittingScale() }[way]);
  }

  centre(element) {
    if (!element) return;
    const inner = element.getBoundingClientRect();
    const outer = this.region.getBoundingClientRect();
    this.region.scrollLeft += inner.x + inner.width / 2 - outer.x - outer.width / 2;
    this.region.scrollTop += inner.y + inner.height / 2 - outer.y - outer.height / 2;
  }

  followWheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.scaleTo(this.scale * (event.deltaY > 0 ? 0.87 : 1.15));
  }

  drag(event) {
    if (event.pointerType !== 'mouse' || event.target.closest('a')) return;
    const stop = new AbortController();
    this.region.classList.add('is-dragged');
    addEventListener('pointermove', (move) => this.region.scrollBy(-move.movementX, -move.movementY), { signal: stop.signal });
    addEventListener('pointerup', () => {
      stop.abort();
      this.region.classList.remove('is-dragged');
    }, { signal: stop.signal });
  }
}
