// Changes the appearance at once and keeps it in the cookie that the server reads.

const YEAR_SECONDS = 31_536_000;

class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', (event) => {
      const button = event.target.closest('button[name="theme"]');
      if (!button) return;
      event.preventDefault();
      document.documentElement.dataset.theme = button.value;
      document.cookie = `theme=${button.value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
      for (const one of this.querySelectorAll('button')) one.setAttribute('aria-pressed', String(one === button));
    });
  }
}

customElements.define('theme-switch', ThemeSwitch);
