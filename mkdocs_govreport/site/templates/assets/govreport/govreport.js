// Sorting and filtering of the cross-agency index. Without this script the index is a plain table.
(function () {
  "use strict";

  function value(row, column, kind) {
    const cell = row.cells[column];
    if (kind === "number") {
      return cell.dataset.value === "" ? null : Number(cell.dataset.value);
    }
    return cell.textContent.trim();
  }

  function compare(a, b, kind, locale) {
    if (a === null || b === null) {
      return (a === null) - (b === null); // what cannot be told comes last either way
    }
    return kind === "number" ? a - b : a.localeCompare(b, locale);
  }

  function sortable(index, table) {
    const body = table.tBodies[0];
    const headers = Array.from(table.tHead.rows[0].cells);
    headers.forEach(function (header, column) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = header.textContent;
      button.title = index.dataset.sortBy.replace("{column}", header.textContent);
      header.replaceChildren(button);
      button.addEventListener("click", function () {
        const kind = header.dataset.sort;
        const first = kind === "number" ? "descending" : "ascending";
        const second = first === "ascending" ? "descending" : "ascending";
        const order = header.getAttribute("aria-sort") === first ? second : first;
        headers.forEach((other) => other.removeAttribute("aria-sort"));
        header.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const rows = Array.from(body.rows).filter((row) => !row.classList.contains("gr-empty"));
        rows
          .map((row) => ({ row: row, key: value(row, column, kind) }))
          .sort(function (a, b) {
            const difference = compare(a.key, b.key, kind, index.dataset.locale);
            return a.key === null || b.key === null ? difference : sign * difference;
          })
          .forEach((item) => body.append(item.row));
      });
    });
  }

  function labelled(text, control) {
    const label = document.createElement("label");
    const caption = document.createElement("span");
    caption.textContent = text;
    label.append(caption, control);
    return label;
  }

  function filterable(index, table) {
    const body = table.tBodies[0];
    const rows = Array.from(body.rows);
    const tools = document.createElement("div");
    tools.className = "gr-tools";
    const search = document.createElement("input");
    search.type = "search";
    search.placeholder = index.dataset.placeholder;
    tools.append(labelled(index.dataset.filter, search));
    const regions = Array.from(new Set(rows.map((row) => row.dataset.region).filter(Boolean)));
    let select = null;
    if (regions.length > 1) {
      select = document.createElement("select");
      select.append(new Option(index.dataset.all, ""));
      regions.forEach((region) => select.append(new Option(region, region)));
      tools.append(labelled(index.dataset.region, select));
    }
    const count = document.createElement("output");
    count.setAttribute("aria-live", "polite");
    tools.append(count);
    index.prepend(tools);

    const none = document.createElement("tr");
    none.className = "gr-empty";
    none.hidden = true;
    const cell = none.insertCell();
    cell.colSpan = table.tHead.rows[0].cells.length;
    cell.textContent = index.dataset.none;
    body.append(none);

    function update() {
      const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      const region = select ? select.value : "";
      const shown = rows.filter(function (row) {
        const text = row.textContent.toLowerCase();
        const matches = words.every((word) => text.includes(word)) && (!region || row.dataset.region === region);
        row.hidden = !matches;
        return matches;
      });
      none.hidden = shown.length > 0;
      count.textContent = index.dataset.count.replace("{count}", shown.length);
      totals(index, table, shown, shown.length === rows.length);
    }
    search.addEventListener("input", update);
    if (select) {
      select.addEventListener("change", update);
    }
    update();
  }

  function totals(index, table, shown, all) {
    if (!table.tFoot) {
      return;
    }
    const foot = table.tFoot.rows[0];
    foot.cells[0].textContent = all ? index.dataset.total : index.dataset.totalShown.replace("{count}", shown.length);
    const offset = table.tHead.rows[0].cells.length - foot.cells.length;
    for (let column = 1; column < foot.cells.length - 1; column += 1) {
      const sum = shown.reduce((total, row) => total + (value(row, column + offset, "number") || 0), 0);
      foot.cells[column].textContent = sum.toLocaleString("en");
    }
  }

  function start() {
    document.querySelectorAll("[data-gr-index]").forEach(function (index) {
      if (index.dataset.grReady) {
        return;
      }
      index.dataset.grReady = "true";
      const table = index.querySelector("table");
      filterable(index, table);
      sortable(index, table);
    });
  }

  // Material's instant navigation replaces the page without loading it.
  if (window.document$) {
    window.document$.subscribe(start);
  } else if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
