// What a server cannot do for a page. Every page works without it.

// <exam-clock data-seconds="1800">: counts down beside the server's own clock, from the seconds left when the page was
// made, so that a wrong clock on the device does not matter. Told aloud at five minutes and at one.
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
        location.assign(this.dataset.over);
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

// <button data-print>: prints the page; hidden where there is no script.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

customElements.define("exam-clock", ExamClock);
customElements.define("wait-for", WaitFor);

// Scripts of a question's parts. An exam loads them all at its first page, so that none is missing later on a bad line; where
// one cannot be loaded, its part works without.
const parts = { "face-map": "./face-map.js", "order-list": "./order-list.js", "save-state": "./save-state.js" };
const exam = document.querySelector("save-state");
for (const [name, file] of Object.entries(parts)) {
  if (exam || document.querySelector(name)) import(file).catch(() => {});
}
