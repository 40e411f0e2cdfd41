// Where the focus goes when a part of the page was replaced: to the first wrong field of a refused
// form, else to the top of what is new, so that keyboard and screen reader do not start over.

export function focusFirstError(root) {
  const wrong = root.querySelector('[aria-invalid="true"], .is-wrong input') ?? root.querySelector('.form > [role="alert"]');
  if (!wrong) return false;
  wrong.focus({ preventScroll: true });
  wrong.scrollIntoView({ block: 'center' });
  return true;
}

export function placeFocus() {
  if (focusFirstError(document) || document.activeElement !== document.body) return;
  document.getElementById('main')?.focus({ preventScroll: true });
  scrollTo(0, 0);
}
