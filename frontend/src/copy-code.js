// Copies the code it holds and says so in the label of its button.

class CopyCode extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector('button');
    const label = button.getAttribute('aria-label');
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(this.querySelector('code').textContent);
      button.setAttribute('aria-label', button.dataset.copied);
      button.classList.add('is-done');
      setTimeout(() => {
        button.setAttribute('aria-label', label);
        button.classList.remove('is-done');
      }, 2000);
    });
  }
}

customElements.define('copy-code', CopyCode);
