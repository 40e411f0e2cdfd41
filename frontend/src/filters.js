// Forms with data-live filter while typing; the address stays free of empty parameters and cursors.

document.addEventListener('htmx:config:request', (event) => {
  const { sourceElement, request } = event.detail.ctx;
  if (!sourceElement?.matches('form[data-live]')) return;
  for (const [name, value] of [...request.body.entries()]) {
    if (value === '') request.body.delete(name);
  }
  document.getElementById(targetOf(sourceElement))?.setAttribute('aria-busy', 'true');
});

document.addEventListener('submit', (event) => {
  if (!event.target.matches('form[data-live]')) return;
  for (const field of event.target.elements) if (field.value === '') field.disabled = true;
  setTimeout(() => { for (const field of event.target.elements) field.disabled = false; });
}, true);

function targetOf(form) {
  return form.getAttribute('hx-target')?.slice(1);
}
