// Keys: / finds, ? lists the keys, g and a letter opens a page. Single letters can be switched off
// (WCAG 2.1.4); the choice belongs to the device.

const CHOICE = 'provender.shortcuts';
const WAIT_MS = 1200;
let pressedAt = 0;

const isOn = () => localStorage.getItem(CHOICE) !== 'off';
const isTyping = (element) => element.matches?.('input, textarea, select, [contenteditable]');

export function showShortcuts() {
  const dialog = document.getElementById('shortcuts');
  if (!dialog || dialog.open) return;
  document.querySelector('#reader-menu:popover-open')?.hidePopover();
  dialog.querySelector('[data-shortcuts-on]').checked = isOn();
  dialog.showModal();
}

function openPage(key) {
  const link = document.querySelector(`#navigation a[data-key="${CSS.escape(key)}"]`);
  link?.click();
  return Boolean(link);
}

function followKey(event) {
  if (event.key === '/') document.getElementById('find-code')?.focus();
  else if (event.key === '?') showShortcuts();
  else if (event.key === 'g') pressedAt = event.timeStamp;
  else if (event.timeStamp - pressedAt > WAIT_MS || !openPage(event.key)) return;
  event.preventDefault();
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !isOn() || isTyping(event.target)) return;
  if (document.querySelector('dialog[open]')) return;
  followKey(event);
});

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-shows="shortcuts"]')) showShortcuts();
});

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-shortcuts-on]')) localStorage.setItem(CHOICE, event.target.checked ? 'on' : 'off');
});
