// Enhances the graph the server drew: arrow keys walk the links, buttons zoom, pointing at or
// focusing a node shows everything before and after it.
import { ZoomedRegion } from './zoomed-region.js';

class TraceGraph extends HTMLElement {
  connectedCallback() {
    this.svg = this.querySelector('.graph svg');
    if (!this.svg) return;
    this.nodes = [...this.svg.querySelectorAll('[data-id]')];
    this.edges = [...this.svg.querySelectorAll('[data-from]')];
    this.after = groupBy(this.edges, 'from');
    this.before = groupBy(this.edges, 'to');
    this.region = new ZoomedRegion(this.querySelector('.graph'));
    this.region.centre(this.svg.querySelector('.is-selected'));
    this.addEventListener('keydown', (event) => this.walk(event));
    this.addEventListener('click', (event) => this.follow(event.target.closest('[data-zoom], [data-drawing]')));
    for (const name of ['pointerover', 'focusin']) {
      this.svg.addEventListener(name, (event) => this.light(event.target.closest('[data-id]')));
    }
    for (const name of ['pointerleave', 'focusout']) this.svg.addEventListener(name, () => this.light(null));
  }

  walk(event) {
    const node = event.target.closest('[data-id]');
    const next = node && this.findNext(node, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  findNext(node, key) {
    const column = this.nodes.filter((one) => one.dataset.layer === node.dataset.layer);
    if (key === 'ArrowDown') return column[column.indexOf(node) + 1];
    if (key === 'ArrowUp') return column[column.indexOf(node) - 1];
    const edges = { ArrowRight: this.after, ArrowLeft: this.before }[key];
    const edge = edges?.get(node.dataset.id)?.[0];
    const id = key === 'ArrowRight' ? edge?.dataset.to : edge?.dataset.from;
    return this.nodes.find((one) => one.dataset.id === id);
  }

  light(node) {
    const lit = new Set(node && [...reach(node.dataset.id, this.after, 'to'), ...reach(node.dataset.id, this.before, 'from')]);
    this.svg.classList.toggle('has-focus', Boolean(node));
    for (const edge of this.edges) edge.classList.toggle('is-on', lit.has(edge.dataset.from) && lit.has(edge.dataset.to));
  }

  follow(button) {
    if (button?.matches('[data-zoom]')) this.region.zoom(button.dataset.zoom);
    else if (button) button.setAttribute('aria-pressed', String(this.classList.toggle('shows-drawing')));
  }
}

function groupBy(edges, end) {
  const groups = new Map();
  for (const edge of edges) groups.set(edge.dataset[end], [...(groups.get(edge.dataset[end]) ?? []), edge]);
  return groups;
}

function reach(id, edges, end) {
  const found = new Set([id]);
  for (const one of found) for (const edge of edges.get(one) ?? []) found.add(edge.dataset[end]);
  return found;
}

customElements.define('trace-graph', TraceGraph);
