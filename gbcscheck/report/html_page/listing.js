/* Long lists are made as they are read: some entries at once, more when the end comes near or is asked for. */

const AT_ONCE = 60;
const MOST_PRINTED = 2000;

class Listing {
  /* make(entry, before) gives the nodes of an entry; "before" is the entry above it. */
  constructor(body, make, noun) {
    this.body = body;
    this.make = make;
    this.noun = noun;
    this.entries = [];
    this.shown = 0;
    this.button = element("button", { type: "button", class: "more", onclick: () => this.moreByHand() });
    this.cut = element("p", { class: "cut" });
    this.end = element("div", { class: "end" }, this.button, this.cut);
    new IntersectionObserver((seen) => {
      if (seen.some((one) => one.isIntersecting)) this.more();
    }, { rootMargin: "600px" }).observe(this.end);
  }

  show(entries) {
    this.entries = entries;
    this.shown = 0;
    this.body.replaceChildren();
    this.more();
  }

  more(number = AT_ONCE) {
    const fragment = document.createDocumentFragment();
    const until = Math.min(this.shown + number, this.entries.length);
    for (let index = this.shown; index < until; index++) {
      add(fragment, [this.make(this.entries[index], this.entries[index - 1])]);
    }
    this.body.append(fragment);
    this.shown = until;
    const left = this.entries.length - until;
    this.end.hidden = left === 0;
    this.button.textContent = "Show more (" + plural(left, this.noun) + " left)";
  }

  /* From the keyboard: the first of the new entries gets the focus, since the button moves away. */
  moreByHand() {
    const last = this.body.lastElementChild;
    this.more();
    const next = last && last.nextElementSibling;
    const target = next && next.querySelector("summary, button");
    if (target) target.focus();
  }

  /* Make everything up to an entry; false where it is not in the list. */
  upTo(entry) {
    const index = this.entries.indexOf(entry);
    if (index >= this.shown) this.more(index - this.shown + AT_ONCE);
    return index >= 0;
  }

  print() {
    if (this.shown < MOST_PRINTED) this.more(MOST_PRINTED - this.shown);
    const left = this.entries.length - this.shown;
    this.cut.textContent = left
      ? "The first " + this.shown.toLocaleString("en-GB") + " of " + plural(this.entries.length, this.noun)
        + " are printed; filter the page to print others."
      : "";
  }
}
