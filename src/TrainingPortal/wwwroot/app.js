// What a server cannot do for a page. Every page works without it.

// <exam-clock data-seconds="1800">: counts down beside the server's own clock, from the seconds left when the page was
// made, so that a wrong clock on the device does not matter. Told aloud at five minutes and at one. With data-over="…" it leads
// there in the end.
class ExamClock extends HTMLElement {
  connectedCallback() {
    const start = performance.now();
    const seconds = Number(this.dataset.seconds);
    const shown = this.querySelector("[data-left]");
    const spoken = this.querySelector("[data-spoken]");
    const tick = () => {
      const left = Math.max(0, Math.ceil(seconds - (performance.now() - start) / 1000));
      shown.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      if (left === 300 || left === 60) spoken.textContent = this.dataset[left === 300 ? "five" : "one"];
      if (left === 0) {
        clearInterval(this.timer);
        if (this.dataset.over) location.assign(this.dataset.over);
      }
    };
    this.timer = setInterval(tick, 1000);
    tick();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }
}

// <wait-for data-address="…">: asks now and then whether what is being made is there, and then loads the page again.
class WaitFor extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(async () => {
      try {
        const answer = await fetch(this.dataset.address, { headers: { Accept: "text/plain" } });
        if (answer.status === 200) {
          clearInterval(this.timer);
          location.replace(location.href);
        }
      } catch {
        // No line at the moment: the next try may have one.
      }
    }, 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }
}

// <live-part data-state="…">: brings its [data-live] figures up to date from the same page, so that neither focus nor place is
// lost, and loads the page again where something else in it has changed.
class LivePart extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.look(), 2000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async look() {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href);
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (page.querySelector("live-part")?.dataset.state !== this.dataset.state) {
        clearInterval(this.timer);
        location.replace(location.href);
        return;
      }
      for (const figure of this.querySelectorAll("[data-live]")) {
        const now = page.getElementById(figure.id);
        if (figure.matches("progress")) {
          if (now.hasAttribute("value")) [figure.max, figure.value] = [now.max, now.value];
        } else {
          figure.textContent = now.textContent;
        }
      }
    } catch {
      // No line at the moment: the next try may have one.
    }
  }
}

// <exam-presence data-address="…" data-state="running" data-every="30">: tells the portal now and then that the page of an
// attempt is open, and loads the page again where an invigilator has stopped the clock, let it run on, or ended the attempt.
// What was chosen and not yet saved comes back with the page.
class ExamPresence extends HTMLElement {
  connectedCallback() {
    this.fields = [...this.closest("form").querySelectorAll("[name='Input.Answer']")];
    this.restore();
    this.timer = setInterval(() => this.tell(), Number(this.dataset.every) * 1000);
    this.seen = () => this.tell();
    document.addEventListener("visibilitychange", this.seen);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.seen);
  }

  async tell() {
    if (document.hidden) return;
    try {
      const answer = await fetch(this.dataset.address, { method: "POST" });
      const state = answer.status === 204 ? "running" : await answer.text();
      if (answer.ok && ["running", "paused", "closed"].includes(state) && state !== this.dataset.state) {
        clearInterval(this.timer);
        sessionStorage.setItem(this.dataset.back, JSON.stringify(this.fields.map(field => field.matches("[type=radio], [type=checkbox]") ? field.checked : field.value)));
        location.replace(this.dataset.back);
      }
    } catch {
      // No line at the moment: the next try may have one.
    }
  }

  restore() {
    const kept = JSON.parse(sessionStorage.getItem(this.dataset.back) ?? "[]");
    sessionStorage.removeItem(this.dataset.back);
    if (kept.length !== this.fields.length) return;
    for (const [index, field] of this.fields.entries()) {
      const property = typeof kept[index] === "boolean" ? "checked" : "value";
      if (field[property] !== kept[index]) {
        field[property] = kept[index];
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
  }
}

// <a href="…" data-dialog="id">: opens the dialog in <template id="id">, whose form is sent to the link's own address.
document.addEventListener("click", event => {
  const link = event.target.closest("a[data-dialog]");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const dialog = document.getElementById(link.dataset.dialog).content.querySelector("dialog").cloneNode(true);
  dialog.querySelector("form").action = link.pathname;
  dialog.querySelector("[data-who]").textContent = link.dataset.name;
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}, { capture: true });

// <button data-print>: prints the page; hidden where there is no script.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

customElements.define("exam-clock", ExamClock);
customElements.define("live-part", LivePart);
customElements.define("wait-for", WaitFor);
customElements.define("exam-presence", ExamPresence);

// Scripts of a question's parts. An exam loads them all at its first page, so that none is missing later on a bad line; where
// one cannot be loaded, its part works without.
const parts = { "face-map": "./face-map.js", "order-list": "./order-list.js", "save-state": "./save-state.js" };
const exam = document.querySelector("save-state");
for (const [name, file] of Object.entries(parts)) {
  if (exam || document.querySelector(name)) import(file).catch(() => {});
}
