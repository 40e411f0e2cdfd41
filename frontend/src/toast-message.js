// Leaves after eight seconds, but never while somebody points at it or has the focus in it.

const SHOWN_MS = 8000;

class ToastMessage extends HTMLElement {
  connectedCallback() {
    this.querySelector('[data-dismiss]')?.addEventListener('click', () => this.remove());
    this.addEventListener('keydown', (event) => { if (event.key === 'Escape') this.remove(); });
    for (const name of ['pointerenter', 'focusin']) this.addEventListener(name, () => clearTimeout(this.timer));
    for (const name of ['pointerleave', 'focusout']) this.addEventListener(name, () => this.startTimer());
    this.startTimer();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  startTimer() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.remove(), SHOWN_MS);
  }
}

customElements.define('toast-message', ToastMessage);
