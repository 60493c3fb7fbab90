// <order-list>: steps that are moved up and down by buttons or dragged by their grip. The lists of numbers that the page came
// with stay what is posted; they go out of sight, and everything here writes into them.
const text = (pattern, ...values) => values.reduce((words, value, index) => words.replace(`{${index}}`, value), pattern);

class OrderList extends HTMLElement {
  connectedCallback() {
    this.places = this.querySelector(".order-places");
    this.selects = [...this.places.querySelectorAll("select")];
    this.words = this.selects.map(select => select.nextElementSibling.textContent.trim());
    this.querySelector(".hint").textContent = this.dataset.hint;
    this.places.hidden = true;

    this.list = document.createElement("ol");
    this.list.className = "order-list";
    this.rows = this.selects.map((_, step) => this.row(step));
    this.open = document.createElement("p");
    this.open.className = "order-open";
    this.open.append(document.createElement("span"), this.button("button button-quiet button-small", this.dataset.keep, () => {
      this.write();
      this.say(this.dataset.kept);
      this.rows[this.steps[0]].querySelector("[data-by='1']").focus();
    }));
    this.open.firstChild.textContent = this.dataset.open;
    this.open.lastChild.textContent = this.dataset.keep;
    this.spoken = document.createElement("p");
    this.spoken.className = "visually-hidden";
    this.spoken.setAttribute("role", "status");
    this.append(this.list, this.open, this.spoken);
    this.read();
    // A browser that goes back fills fields in again after the page was drawn.
    addEventListener("pageshow", () => this.read());
  }

  row(step) {
    const row = document.createElement("li");
    row.className = "order-row";
    const words = document.createElement("span");
    words.lang = "en";
    words.className = "order-words";
    words.textContent = this.words[step];
    const grip = document.createElement("span");
    grip.className = "order-grip";
    grip.setAttribute("aria-hidden", "true");
    grip.addEventListener("pointerdown", event => this.drag(event, step));
    row.append(grip, words);
    for (const by of [-1, 1]) {
      const button = this.button("order-button", text(this.dataset[by < 0 ? "up" : "down"], this.words[step]), () => this.move(step, by));
      button.dataset.by = by;
      row.append(button);
    }
    return row;
  }

  button(className, name, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = className;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", act);
    return button;
  }

  // The order of what is set; what is open follows as it stands on the page.
  read() {
    const place = step => Number(this.selects[step].value) || this.selects.length + 1;
    this.steps = [...this.selects.keys()].sort((one, other) => place(one) - place(other));
    this.list.append(...this.steps.map(step => this.rows[step]));
    this.show();
  }

  write() {
    this.steps.forEach((step, index) => (this.selects[step].value = String(index + 1)));
    this.show();
    this.selects[0].dispatchEvent(new Event("change", { bubbles: true }));
  }

  show() {
    this.open.hidden = this.selects.every(select => select.value !== "");
    this.steps.forEach((step, index) => {
      this.rows[step].querySelector("[data-by='-1']").setAttribute("aria-disabled", String(index === 0));
      this.rows[step].querySelector("[data-by='1']").setAttribute("aria-disabled", String(index === this.steps.length - 1));
    });
  }

  say(words) {
    this.spoken.textContent = words;
  }

  move(step, by) {
    const from = this.steps.indexOf(step);
    const other = this.steps[from + by];
    if (other === undefined) return;
    this.swap(step, other, by);
    this.write();
    this.tell(step);
  }

  // The neighbour changes sides, so that the step that is moved keeps the focus, or the finger that drags it.
  swap(step, other, by) {
    this.list.insertBefore(this.rows[other], by < 0 ? this.rows[step].nextSibling : this.rows[step]);
    const [from, to] = [this.steps.indexOf(step), this.steps.indexOf(other)];
    [this.steps[from], this.steps[to]] = [other, step];
  }

  tell(step) {
    this.say(text(this.dataset.moved, this.words[step], this.steps.indexOf(step) + 1, this.steps.length));
  }

  drag(event, step) {
    if (event.button !== 0) return;
    event.preventDefault();
    const row = this.rows[step];
    const grip = event.currentTarget;
    grip.setPointerCapture(event.pointerId);
    row.classList.add("order-moving");
    const middle = other => {
      const box = this.rows[other].getBoundingClientRect();
      return box.top + box.height / 2;
    };
    const follow = move => {
      for (const by of [-1, 1]) {
        for (;;) {
          const other = this.steps[this.steps.indexOf(step) + by];
          if (other === undefined || (middle(other) - move.clientY) * by > 0) break;
          this.swap(step, other, by);
        }
      }
    };
    const end = () => {
      grip.removeEventListener("pointermove", follow);
      row.classList.remove("order-moving");
      this.write();
      this.tell(step);
    };
    grip.addEventListener("pointermove", follow);
    grip.addEventListener("lostpointercapture", end, { once: true });
  }
}

customElements.define("order-list", OrderList);
