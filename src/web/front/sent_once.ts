// A form is sent once: a second click while the answer is on its way does nothing. The button keeps
// the focus and its name; going back to the page makes it work again.
const sent = new WeakSet<HTMLFormElement>();

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method !== "post") return;
  if (sent.has(form)) event.preventDefault();
  // Once all have seen it: what a script sends by itself (a preview) does not send the form.
  setTimeout(() => {
    if (!event.defaultPrevented) sent.add(form);
  });
});

addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) sent.delete(form);
});
