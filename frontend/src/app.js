// What every page loads: htmx, focus after a swap, shortcuts. Islands come when their tag is there.
import htmx from 'htmx.org';
import './app.css';
import { focusFirstError, placeFocus } from './focus.js';
import './filters.js';
import './shortcuts.js';

const ISLANDS = {
  'copy-code': () => import('./copy-code.js'),
  'line-editor': () => import('./line-editor.js'),
  'scan-field': () => import('./scan-field.js'),
  'theme-switch': () => import('./theme-switch.js'),
  'toast-message': () => import('./toast-message.js'),
  'trace-graph': () => import('./trace-graph.js'),
};

function loadIslands(root) {
  for (const [tag, load] of Object.entries(ISLANDS)) {
    if (!customElements.get(tag) && (root.matches?.(tag) || root.querySelector?.(tag))) load();
  }
}

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) window.print();
});

htmx.onLoad(loadIslands);
loadIslands(document);
focusFirstError(document);
document.addEventListener('htmx:after:swap', placeFocus);
