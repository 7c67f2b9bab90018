"use strict";
/* Select2 names its box by what is chosen, and its search field by nothing. Here both get the field's own name. */
(() => {
  const navn = (valg) => {
    const etikett = valg.labels && valg.labels[0];
    return (etikett ? etikett.textContent : valg.getAttribute("aria-label") || "").trim().replace(/:$/, "");
  };
  const boks = (valg) => valg.nextElementSibling && valg.nextElementSibling.querySelector("[role=combobox]");
  const settNavn = (rot) => rot.querySelectorAll("select.admin-autocomplete").forEach((valg) => {
    const felt = boks(valg);
    if (!felt) return;
    const valgt = felt.querySelector(".select2-selection__rendered");
    felt.removeAttribute("aria-labelledby");
    felt.setAttribute("aria-label", [navn(valg), valgt ? valgt.title : ""].filter(Boolean).join(": "));
    if (valgt) ["role", "aria-readonly"].forEach((det) => valgt.removeAttribute(det));
  });
  const $ = django.jQuery;
  $(() => settNavn(document));
  $(document).on("change", "select.admin-autocomplete", () => settNavn(document));
  $(document).on("select2:open", (hendelse) => {
    const sok = document.querySelector(".select2-container--open .select2-search__field");
    if (sok) sok.setAttribute("aria-label", navn(hendelse.target));
  });
  document.addEventListener("formset:added", (hendelse) => setTimeout(() => settNavn(hendelse.target)));
})();
