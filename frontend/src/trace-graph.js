// Enhances the graph the server drew: arrow keys walk the links, drag and ctrl+wheel pan and zoom,
// pointing at or focusing a node shows everything before and after it.

class TraceGraph extends HTMLElement {
  connectedCallback() {
    this.svg = this.querySelector('svg.drawing');
    if (!this.svg) return;
    const { x, y, width, height } = this.svg.viewBox.baseVal;
    this.full = { x, y, width, height };
    this.nodes = new Map([...this.svg.querySelectorAll('[data-id]')].map((node) => [node.dataset.id, node]));
    this.edges = [...this.svg.querySelectorAll('[data-from]')];
    this.after = Map.groupBy(this.edges, (edge) => edge.dataset.from);
    this.before = Map.groupBy(this.edges, (edge) => edge.dataset.to);
    this.addEventListener('keydown', (event) => this.walk(event));
    this.addEventListener('click', (event) => this.zoomBy(event.target.closest('[data-zoom]')?.dataset.zoom));
    for (const name of ['pointerover', 'focusin']) this.svg.addEventListener(name, (event) => this.light(event.target.closest('[data-id]')));
    for (const name of ['pointerleave', 'focusout']) this.svg.addEventListener(name, () => this.light(null));
    this.svg.addEventListener('wheel', (event) => this.followWheel(event), { passive: false });
    this.followDrag();
  }

  walk(event) {
    const node = event.target.closest('[data-id]');
    const step = { ArrowRight: () => this.after.get(node.dataset.id)?.[0].dataset.to, ArrowLeft: () => this.before.get(node.dataset.id)?.[0].dataset.from,
      ArrowDown: () => this.neighbour(node, 1), ArrowUp: () => this.neighbour(node, -1) }[event.key];
    if (!node || !step) return;
    event.preventDefault();
    this.nodes.get(step())?.focus();
  }

  neighbour(node, offset) {
    const column = [...this.nodes.values()].filter((one) => one.dataset.layer === node.dataset.layer).sort((a, b) => a.dataset.y - b.dataset.y);
    return column[column.indexOf(node) + offset]?.dataset.id;
  }

  reach(id, edges, end, found = new Set([id])) {
    for (const edge of edges.get(id) ?? []) {
      if (!found.has(edge.dataset[end])) this.reach(edge.dataset[end], edges, end, found.add(edge.dataset[end]));
    }
    return found;
  }

  light(node) {
    const lit = node && new Set([...this.reach(node.dataset.id, this.after, 'to'), ...this.reach(node.dataset.id, this.before, 'from')]);
    this.svg.classList.toggle('has-focus', Boolean(node));
    for (const edge of this.edges) edge.classList.toggle('is-on', Boolean(lit?.has(edge.dataset.from) && lit.has(edge.dataset.to)));
  }

  zoomBy(way) {
    if (way === 'fit') Object.assign(this.svg.viewBox.baseVal, this.full);
    else if (way) this.zoom(way === 'in' ? 0.8 : 1.25);
  }

  zoom(factor, atX = 0.5, atY = 0.5) {
    const box = this.svg.viewBox.baseVal;
    const scale = Math.min(this.full.width * 1.2, Math.max(240, box.width * factor)) / box.width;
    box.x += box.width * (1 - scale) * atX;
    box.y += box.height * (1 - scale) * atY;
    box.width *= scale;
    box.height *= scale;
  }

  followWheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const area = this.svg.getBoundingClientRect();
    this.zoom(event.deltaY > 0 ? 1.15 : 0.87, (event.clientX - area.x) / area.width, (event.clientY - area.y) / area.height);
  }

  followDrag() {
    let last = null;
    this.svg.addEventListener('pointerdown', (event) => { if (!event.target.closest('a')) { last = event; this.svg.setPointerCapture(event.pointerId); } });
    for (const name of ['pointerup', 'pointercancel']) this.svg.addEventListener(name, () => { last = null; });
    this.svg.addEventListener('pointermove', (event) => {
      if (!last) return;
      const box = this.svg.viewBox.baseVal;
      const scale = box.width / this.svg.clientWidth;
      box.x -= (event.clientX - last.clientX) * scale;
      box.y -= (event.clientY - last.clientY) * scale;
      last = event;
    });
  }
}

customElements.define('trace-graph', TraceGraph);
