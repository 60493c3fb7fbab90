// <face-map>: lets the drawing of a question about zones be tapped, and depths be dialled. The list of fields beside the
// drawing is what posts and what is read out; everything here writes into it.
const shade = (depth, deepest) => (0.12 + 0.62 * Math.sqrt(Math.min(depth, deepest) / deepest)).toFixed(2);

class FaceMap extends HTMLElement {
  connectedCallback() {
    this.rows = [...this.querySelectorAll(".face-row")];
    for (const part of this.querySelectorAll("[data-scripted]")) part.hidden = false;
    if (this.dataset.mode === "Pick") this.startPicking();
    if (this.dataset.mode === "Depth") this.startDialling();
  }

  // The zone under a pointer: a shape, its number, or the line between them.
  whenTapped(act) {
    const drawing = this.querySelector(".face");
    drawing.classList.add("face-live");
    drawing.addEventListener("click", event => {
      const part = event.target.closest("[data-place]");
      if (part) act(Number(part.dataset.place), event);
    });
  }

  startPicking() {
    const caption = this.querySelector("[data-caption]");
    const field = place => this.rows[place].querySelector("input");
    const tell = place => {
      caption.hidden = false;
      caption.textContent = `${this.rows[place].textContent.trim()}: ${caption.dataset[field(place).checked ? "on" : "off"]}`;
    };
    this.whenTapped(place => field(place).click());
    this.addEventListener("change", event => tell(Number(event.target.value)));
  }

  startDialling() {
    this.fields = this.rows.map(row => row.querySelector("input"));
    this.dial = this.querySelector("[data-dial]");
    this.range = this.dial.querySelector("input");
    this.figures = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 3 });
    this.dial.hidden = false;

    this.whenTapped((place, event) => {
      this.choose(place);
      // A finger goes on with the dial: focus in the field would bring up a keyboard over the drawing.
      const next = event.pointerType === "mouse" ? this.fields[place] : this.range;
      next.focus({ preventScroll: true });
    });
    this.fields.forEach((field, place) => {
      field.addEventListener("focus", () => this.choose(place));
      field.addEventListener("input", () => this.show(place));
    });
    this.range.addEventListener("input", () => this.set(this.range.valueAsNumber));
    for (const button of this.dial.querySelectorAll("[data-by]")) {
      button.addEventListener("click", () => this.set((this.depth(this.place) ?? 0) + Number(button.dataset.by) * Number(this.range.step)));
    }
    for (const button of this.dial.querySelectorAll("[data-turn]")) {
      button.addEventListener("click", () => {
        this.choose((this.place + Number(button.dataset.turn) + this.rows.length) % this.rows.length);
        this.dial.querySelector("[data-dial-spoken]").textContent = `${this.name(this.place)}: ${this.words(this.depth(this.place))}`;
      });
    }
    this.dial.querySelector("[data-leave]").addEventListener("click", () => this.set(this.depth(this.place) === 0 ? null : 0));

    // A browser that goes back fills fields in again after the page was drawn.
    addEventListener("pageshow", () => this.rows.forEach((_, place) => this.show(place)));
    this.rows.forEach((_, place) => this.show(place));
    this.choose(Math.max(0, this.fields.findIndex(field => field.value === "")));
  }

  // Millimetres, or null where nothing that counts is set.
  depth(place) {
    const field = this.fields[place];
    return field.value === "" || field.validity.rangeUnderflow || field.validity.rangeOverflow ? null : field.valueAsNumber;
  }

  name(place) {
    return `${place + 1}. ${this.rows[place].querySelector("[data-name]").textContent}`;
  }

  figure(depth) {
    return depth === 0 ? "0" : this.figures.format(depth);
  }

  words(depth) {
    if (depth === null) return this.dial.dataset.unset;
    return depth === 0 ? this.dial.dataset.out : this.dial.dataset.mm.replace("{0}", this.figure(depth));
  }

  set(depth) {
    const field = this.fields[this.place];
    const steps = depth === null ? null : Math.round(Math.min(Math.max(depth, 0), Number(this.range.max)) / Number(this.range.step));
    field.value = steps === null ? "" : String(Number((steps * Number(this.range.step)).toFixed(3)));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  choose(place) {
    this.place = place;
    for (const part of this.querySelectorAll("[data-place]")) part.classList.toggle("face-current", Number(part.dataset.place) === place);
    this.showDial();
  }

  show(place) {
    const depth = this.depth(place);
    const state = depth === null ? "unset" : depth === 0 ? "out" : "set";
    for (const part of this.querySelectorAll(`[data-place="${place}"][data-state]`)) {
      part.dataset.state = state;
      const figure = part.querySelector("[data-figure]");
      if (figure && depth !== null) figure.textContent = this.figure(depth);
      if (part.hasAttribute("fill-opacity")) part.setAttribute("fill-opacity", shade(depth ?? 0, Number(this.range.max)));
    }
    if (place === this.place) this.showDial();
  }

  showDial() {
    const depth = this.depth(this.place);
    this.dial.querySelector("[data-dial-name]").textContent = this.name(this.place);
    this.dial.querySelector("[data-dial-value]").textContent = this.words(depth);
    this.dial.dataset.state = depth === null ? "unset" : depth === 0 ? "out" : "set";
    this.range.value = String(depth ?? 0);
    this.range.setAttribute("aria-label", this.name(this.place));
    this.range.setAttribute("aria-valuetext", this.words(depth));
    this.dial.querySelector("[data-leave]").setAttribute("aria-pressed", String(depth === 0));
  }
}

customElements.define("face-map", FaceMap);
