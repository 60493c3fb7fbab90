// <save-state>: says, in the form of a question, whether the answer is saved. It sends the form itself and goes on only when
// the server has answered: where the line drops, the page and what was typed stay, and it tries again. The same answer may
// arrive twice, since the server takes it as one.
const pauses = [1000, 2000, 4000, 8000];
const patience = 20000;
const here = () => location.pathname + location.search;
let shown = here();

class SaveState extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    for (const kind of ["input", "change"]) {
      this.form.addEventListener(kind, event => {
        if (!this.sending && event.target.name?.startsWith("Input.")) this.tell("changed");
      });
    }
    this.form.addEventListener("submit", event => {
      event.preventDefault();
      this.send(event.submitter);
    });
  }

  // What was pressed last is what is sent; pressed while it waits, it is sent at once.
  async send(button) {
    this.button = button;
    if (this.sending) {
      this.wake?.();
      return;
    }

    this.sending = true;
    this.tell("saving");
    for (let tries = 0; this.isConnected; tries++) {
      const label = this.busy();
      try {
        follow(await this.post(), this.button);
        return;
      } catch {
        label();
        this.tell("trying");
      }

      await new Promise(go => {
        this.wake = go;
        setTimeout(go, pauses[Math.min(tries, pauses.length - 1)]);
        addEventListener("online", go, { once: true });
      });
      this.wake = null;
    }
  }

  async post() {
    const response = await fetch(this.form.action.split("#")[0], {
      method: "POST",
      body: new URLSearchParams(new FormData(this.form, this.button)),
      signal: AbortSignal.timeout(patience),
    });
    if (response.status >= 500 || response.status === 429 || response.status === 408) throw new Error(`${response.status}`);
    return { url: response.url, page: new DOMParser().parseFromString(await response.text(), "text/html") };
  }

  // The button says so too; what is called gives it back its own words.
  busy() {
    const button = this.button;
    const words = button.textContent;
    button.setAttribute("aria-busy", "true");
    if (button.classList.contains("button")) button.textContent = this.dataset.saving;
    return () => {
      button.removeAttribute("aria-busy");
      if (button.classList.contains("button")) button.textContent = words;
    };
  }

  tell(state) {
    if (this.textContent !== this.dataset[state]) this.textContent = this.dataset[state];
    this.classList.toggle("exam-unsaved", true);
    this.dataset.state = state;
  }
}

// The page that the server answered with takes this one's place; it need not be loaded a second time.
function follow({ url, page }, button) {
  const to = new URL(url);
  if (!to.pathname.startsWith("/attempts/")) {
    location.assign(url);
    return;
  }

  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  document.body.replaceChildren(...page.body.children);
  if (url !== location.href) history.pushState(null, "", url);
  shown = here();
  const target = document.getElementById(button.dataset.then ?? "") ?? document.querySelector("h1");
  scrollTo(0, 0);
  target?.setAttribute("tabindex", "-1");
  target?.focus();
}

// Back and forward lead to pages that are no longer there: they are asked for again.
addEventListener("popstate", () => {
  if (here() !== shown) location.reload();
});

customElements.define("save-state", SaveState);
