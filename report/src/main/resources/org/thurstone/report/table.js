// Sorting, filtering and comparing rows. The page is complete without it: what is only for it is hidden in the markup.
// Names of rows are only ever set as text, never as markup.
"use strict";
(() => {
  const FEW = 10;      // so many rows need no filter
  const FIRST = 100;   // so many rows of the main table are shown until all are asked for
  const OTHERS = 40;   // and of others
  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const DIGITS = 3;    // characters of one standard error

  const words = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const shown = cell => cell.firstChild && cell.firstChild.nodeType === Node.TEXT_NODE ? cell.firstChild.nodeValue : "";
  const count = number => number.toLocaleString("en-US");

  function value(text) {
    const bare = text.replace(/[,\s%]/g, "").replace("\u2212", "-");
    return bare === "" ? NaN : bare === "\u221e" ? Infinity : bare === "-\u221e" ? -Infinity : Number(bare);
  }

  for (const section of document.querySelectorAll("section.sortable")) start(section);

  function start(section) {
    const table = section.querySelector("table");
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...body.rows].filter(row => row.cells.length === heads.length);
    if (rows.length < 2) return;
    const numeric = heads.map(head => head.classList.contains("number"));
    const titles = heads.map(head => head.textContent);
    const named = section.dataset.names.split(" ").map(Number);
    const searched = rows.map(row => plain(named.map(c => shown(row.cells[c])).join(" ")));
    const most = section.querySelector(".compare") ? FIRST : OTHERS;
    const keys = [];
    const first = [];
    let sorted = -1;
    let down = false;
    let all = false;

    const controls = section.querySelector(".controls");
    const search = controls.querySelector("input");
    const status = controls.querySelector(".count");
    const sortBy = controls.querySelector("select");
    const rest = section.querySelector(".rest-of-rows");
    section.classList.add("is-" + (table.className || "plain"));
    if (rows.length <= FEW) controls.querySelector(".filter").hidden = true;
    controls.hidden = false;

    function key(c) {
      return keys[c] ||= rows.map(row => numeric[c] ? value(shown(row.cells[c])) : shown(row.cells[c]));
    }

    const missing = (c, k) => numeric[c] ? Number.isNaN(k) : k === "" || k === "\u2013";

    // A column that rises down the page is sorted upwards first, and other numbers with the largest first.
    function downFirst(c) {
      if (first[c] === undefined) {
        let rises = 0, falls = 0;
        const k = key(c);
        for (let i = 1; numeric[c] && i < k.length; i++) {
          if (k[i] > k[i - 1]) rises++;
          if (k[i] < k[i - 1]) falls++;
        }
        first[c] = numeric[c] && rises <= 4 * falls;
      }
      return first[c];
    }

    function order() {
      const index = rows.map((row, i) => i);
      if (sorted < 0) return index;
      const k = key(sorted);
      const compare = numeric[sorted] ? (a, b) => a < b ? -1 : a > b ? 1 : 0 : words.compare;
      return index.sort((i, j) => {
        const a = missing(sorted, k[i]), b = missing(sorted, k[j]);
        if (a || b) return a && b ? i - j : a ? 1 : -1;
        return (down ? compare(k[j], k[i]) : compare(k[i], k[j])) || i - j;
      });
    }

    function show(moved) {
      const wanted = plain(search.value).split(/\s+/).filter(word => word);
      const index = order();
      let found = 0;
      for (const i of index) {
        const fits = wanted.every(word => searched[i].includes(word));
        rows[i].hidden = !fits;
        rows[i].classList.toggle("rest", fits && !all && found >= most);
        if (fits) found++;
      }
      if (moved) body.append(...index.map(i => rows[i]));
      rest.hidden = all || found <= most;
      rest.firstChild.textContent = "Show all " + count(found) + " rows";
      status.textContent = wanted.length ? count(found) + " of " + count(rows.length) + " rows" : count(rows.length) + " rows";
      controls.classList.toggle("filtered", wanted.length > 0);
    }

    // The other way, and a third time the order of the page.
    function sort(c) {
      const away = sorted === c && down !== downFirst(c);
      down = sorted === c ? !down : downFirst(c);
      sorted = away ? -1 : c;
      mark();
    }

    function mark() {
      heads.forEach((head, h) => {
        if (h === sorted) head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
      sortBy.value = sorted < 0 ? "" : sorted + (down ? " down" : " up");
      show(true);
    }

    heads.forEach((head, c) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(c));
      head.append(button);
    });
    // Where the heads of a table are not shown, there is a list of columns.
    const option = (text, to) => { const o = new Option(text, to); sortBy.append(o); };
    option("the page's order", "");
    titles.forEach((title, c) => {
      option(title + " \u2191", c + " up");
      option(title + " \u2193", c + " down");
    });
    sortBy.addEventListener("change", () => {
      const [c, way] = sortBy.value.split(" ");
      sorted = c === "" ? -1 : Number(c);
      down = way === "down";
      mark();
    });
    search.addEventListener("input", () => show(false));
    rest.firstChild.addEventListener("click", () => { all = true; show(false); });
    show(false);

    const data = section.querySelector("script.differences");
    if (data) comparing(section, rows, rows.map(row => shown(row.cells[named[0]])), JSON.parse(data.textContent));
  }

  function comparing(section, rows, names, data) {
    const panel = section.querySelector(".compare");
    const chosen = [...panel.querySelectorAll("select")];
    const answer = panel.querySelector(".difference");
    const table = section.querySelector("table");
    panel.hidden = false;
    table.classList.add("choosing");
    for (const list of chosen) {
      list.append(new Option("\u2013", ""), ...names.map((name, i) => new Option(name, i)));
    }
    let known = 0;
    const rated = data.estimates.map(estimate => estimate === null ? -1 : known++);
    const at = new Map(rows.map((row, i) => [row, i]));

    chosen.forEach(list => list.addEventListener("change", show));
    table.tBodies[0].addEventListener("click", event => {
      const i = at.get(event.target.closest("tr"));
      if (i === undefined || String(getSelection())) return;
      const both = chosen.map(list => list.value).filter(v => v !== "");
      const next = both.includes(String(i)) ? both.filter(v => v !== String(i)) : [...both, String(i)].slice(-2);
      chosen.forEach((list, k) => { list.value = next[k] ?? ""; });
      show();
    });
    show();

    function show() {
      const [a, b] = chosen.map(list => list.value === "" ? -1 : Number(list.value));
      rows.forEach((row, i) => row.classList.toggle("chosen", i === a || i === b));
      answer.replaceChildren(...(a < 0 || b < 0
        ? ["Choose two rows, here or by clicking on them, for their difference with its own interval."]
        : a === b ? ["Choose two different rows."] : sentences(a, b)));
    }

    function sentences(a, b) {
      const name = i => { const e = document.createElement("bdi"); e.textContent = names[i]; return e; };
      for (const i of [a, b]) {
        if (data.estimates[i] === null) return ["The votes do not determine the rating of ", name(i), "."];
      }
      if (data.group[a] !== data.group[b]) return ["The votes do not make ", name(a), " and ", name(b), " comparable."];
      const difference = data.estimates[a] - data.estimates[b];
      const said = [name(a), " less ", name(b), " is ", strong(figure(difference)), " " + data.unit];
      let half = NaN;
      if (data.why) {
        said.push(". " + data.why);
      } else {
        const error = standardError(a, b);
        half = data.quantile * error;
        said.push(" (" + data.level + " interval " + figure(difference - half) + " to " + figure(difference + half)
          + ", standard error " + figure(error, true) + "); p\u00a0" + probability(2 * below(-Math.abs(difference) / error)) + ".");
      }
      if (data.chances) {
        const chance = by => read(data.chances.win, by);
        said.push(" ", name(a), " wins ", strong(percent(chance(difference))), " of battles");
        if (half > 0) said.push(" (" + bare(chance(difference - half)) + " to " + bare(chance(difference + half)) + "\u00a0%)");
        const tie = read(data.chances.tie, difference);
        if (tie > 0) said.push(", and " + percent(tie) + " are ties");
        said.push((data.chances.condition ? ", " + data.chances.condition : "") + ".");
      } else {
        said.push(" The method does not say how often one wins as a function of the difference.");
      }
      if (!data.why) said.push(" The p-value is of a pair that was chosen before the order was known."
        + (data.remark ? " " + data.remark : ""));
      return said;
    }

    function standardError(a, b) {
      if (data.rows) return Math.hypot(data.rows[a], data.rows[b]);
      const i = Math.max(rated[a], rated[b]), j = Math.min(rated[a], rated[b]);
      let code = 0;
      for (let d = 0; d < DIGITS; d++) {
        code = 64 * code + ALPHABET.indexOf(data.pairs.codes[DIGITS * (i * (i - 1) / 2 + j) + d]);
      }
      return Math.exp(data.pairs.least + code * data.pairs.step);
    }

    function read(curve, by) {
      const place = Math.min(Math.max((by - data.chances.from) / data.chances.step, 0), curve.length - 1);
      const k = Math.min(Math.floor(place), curve.length - 2);
      return curve[k] + (place - k) * (curve[k + 1] - curve[k]);
    }

    function figure(x, error) {
      const text = x.toFixed(error && data.decimals === 0 ? 1 : data.decimals);
      return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "\u2212");
    }
  }

  function strong(text) {
    const e = document.createElement("strong");
    e.textContent = text;
    return e;
  }

  const bare = share => (100 * share).toFixed(1);
  const percent = share => bare(share) + "\u00a0%";

  function probability(p) {
    return p < 1e-15 ? "< 1e\u221215"
      : "= " + (p < 1e-3 ? p.toExponential(1) : p.toFixed(p < 0.1 ? 4 : 2)).replace("e-", "e\u2212");
  }

  // The normal distribution function, by a Chebyshev approximation of erfc (Numerical Recipes, 6.2): a relative error of 1e-7.
  function below(x) {
    const z = Math.abs(x) / Math.SQRT2, t = 1 / (1 + z / 2);
    const series = [-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
      -0.82215223, 0.17087277].reduceRight((sum, c) => sum * t + c, 0);
    const tail = t * Math.exp(-z * z + series) / 2;
    return x < 0 ? tail : 1 - tail;
  }
})();
