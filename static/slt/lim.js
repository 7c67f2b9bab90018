// Keeps the table of the clipboard beside the pasted text: a textarea takes the words alone, and loses which cell they
// stood in. The page works without this; then the server puts the rows together as well as it can.
(() => {
  const tekst = document.querySelector("textarea[name=tekst]");
  const html = document.querySelector("input[name=html]");
  const STORST = 2000000;
  if (!tekst || !html) return;
  let limt = null;
  tekst.addEventListener("paste", (hendelse) => {
    const innhold = hendelse.clipboardData ? hendelse.clipboardData.getData("text/html") : "";
    const alene = tekst.value.trim() === "" || tekst.selectionEnd - tekst.selectionStart === tekst.value.length;
    html.value = alene && innhold.length < STORST && /<table/i.test(innhold) ? innhold : "";
    setTimeout(() => { limt = tekst.value; });
  });
  tekst.addEventListener("input", () => {
    if (limt !== null && tekst.value !== limt) html.value = "";
  });
})();
