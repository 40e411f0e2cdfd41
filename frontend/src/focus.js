// After a refused form the first wrong field has the focus, scrolled to where it can be seen.

export function focusFirstError(root) {
  const wrong = root.querySelector('[aria-invalid="true"], .is-wrong input') ?? root.querySelector('.form > [role="alert"]');
  if (!wrong) return;
  wrong.focus({ preventScroll: true });
  wrong.scrollIntoView({ block: 'center' });
}
