// A report in a room: the arrows, the space bar, page keys and the buttons of a pointer go from one screen to another.
const keys: Record<string, "next" | "prev"> = {
  ArrowRight: "next",
  PageDown: "next",
  " ": "next",
  ArrowLeft: "prev",
  PageUp: "prev",
};

addEventListener("keydown", (event) => {
  const way = keys[event.key];
  const target = event.target as Element;
  if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (target.closest("a, button, input, textarea, select, summary, [role=region]") && event.key !== "PageDown" && event.key !== "PageUp") return;
  const link = document.querySelector<HTMLAnchorElement>(`.room-nav a[rel=${way}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});

export {};
