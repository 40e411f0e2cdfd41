// Adds and removes repeated lines of a form. Names keep growing indexes: the server reads whatever
// indexes come, so nothing is renumbered while somebody types.
import htmx from 'htmx.org';

class LineEditor extends HTMLElement {
  connectedCallback() {
    this.next = Number(this.dataset.next);
    this.addEventListener('click', (event) => {
      if (event.target.closest('[data-add]')) this.addLine();
      else if (event.target.closest('[data-remove]')) this.removeLine(event.target.closest('.line'));
    });
  }

  addLine() {
    const line = this.querySelector('template').content.cloneNode(true).firstElementChild;
    for (const element of line.querySelectorAll('*')) this.numberAttributes(element);
    this.next += 1;
    this.querySelector('.line-list').append(line);
    htmx.process(line);
    line.querySelector('input, select, textarea')?.focus();
  }

  numberAttributes(element) {
    for (const attribute of [...element.attributes]) {
      if (attribute.value.includes('__index__')) {
        element.setAttribute(attribute.name, attribute.value.replaceAll('__index__', this.next));
      }
    }
  }

  removeLine(line) {
    const neighbour = line.nextElementSibling ?? line.previousElementSibling;
    line.remove();
    (neighbour?.querySelector('input, select, textarea') ?? this.querySelector('[data-add]')).focus();
  }
}

customElements.define('line-editor', LineEditor);
