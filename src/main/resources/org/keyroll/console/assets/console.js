// Everything works without this; it makes some of it quicker.
(() => {
  "use strict";
  // A page that nobody looks at asks for nothing.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden && event.detail.elt.hasAttribute("data-poll")) event.preventDefault();
  });

  // Tick all that a table shows.
  for (const all of document.querySelectorAll("input[data-tick]")) {
    all.closest("label").hidden = false;
    const boxes = () => document.querySelectorAll(`input[name="${all.dataset.tick}"]:not(:disabled)`);
    const count = () => {
      const ticked = [...boxes()].filter((box) => box.checked).length;
      all.checked = ticked > 0 && ticked === boxes().length;
      all.indeterminate = ticked > 0 && ticked < boxes().length;
    };
    all.addEventListener("change", () => { for (const box of boxes()) box.checked = all.checked; count(); });
    document.addEventListener("change", (event) => { if (event.target.name === all.dataset.tick) count(); });
    count();
  }

  // A file can be dropped on the form that takes it; one that is too large is told before it is sent.
  for (const form of document.querySelectorAll("form.dropzone")) {
    const field = form.querySelector("input[type=file]");
    const look = () => {
      const large = [...field.files].some((file) => file.size > Number(field.dataset.largest));
      field.setCustomValidity(large ? field.dataset.large : "");
      if (large) field.reportValidity();
    };
    const over = (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      form.classList.toggle("over", event.type === "dragover");
    };
    form.addEventListener("dragover", over);
    form.addEventListener("dragleave", over);
    form.addEventListener("drop", (event) => {
      over(event);
      if (event.dataTransfer.files.length) { field.files = event.dataTransfer.files; look(); }
    });
    field.addEventListener("change", look);
    // A second click while the first is under way would send it twice.
    const button = form.querySelector("button");
    const said = button.textContent;
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) { event.preventDefault(); return; }
      sent = true;
      button.textContent = button.dataset.busy;
      form.setAttribute("aria-busy", "true");
    });
    window.addEventListener("pageshow", () => { sent = false; button.textContent = said; form.removeAttribute("aria-busy"); });
  }

  // j and k go through rows, Enter opens, x ticks; on a page with [data-key] its letter presses it.
  const rows = () => [...document.querySelectorAll("tbody tr")].filter((row) => row.querySelector("a, input"));
  let at = -1;
  const go = (step) => {
    const all = rows();
    if (!all.length) return;
    all[at]?.classList.remove("at");
    at = Math.max(0, Math.min(all.length - 1, at + step));
    all[at].classList.add("at");
    (all[at].querySelector("a") ?? all[at].querySelector("input")).focus();
    all[at].scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const pressed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (pressed) { event.preventDefault(); pressed.matches("textarea, input") ? pressed.focus() : pressed.click(); return; }
    if (event.key === "/") { event.preventDefault(); document.querySelector("input[type=search]")?.focus(); }
    if (event.key === "j") go(1);
    if (event.key === "k") go(-1);
    if (event.key === "x") rows()[at]?.querySelector("input[type=checkbox]")?.click();
  });
})();
