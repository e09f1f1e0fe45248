/// A script that a page carries, allowed by its digest: no other script runs on the page, whatever stands in the data.
public struct PageScript: Sendable {
  /// The script, a literal of the program.
  let source: StaticString
  /// The SHA-256 of the script in base64, for the page's content security policy.
  let digest: StaticString

  /// Makes tables of class `sortable` sort by a click on a head, and lets their rows be searched by name.
  ///
  /// Without it the tables stand there as they are.
  public static let sortableTables = PageScript(source: SortScript.source, digest: SortScript.digest)
}

/// The script of sortable tables and its digest, which a test computes again.
enum SortScript {
  static let digest: StaticString = "bt5ej6Qjvvj7PhW/TsFtvEf5gTI8VGcDnCu6T6W79pI="
  static let source: StaticString = #"""
    for(const t of document.querySelectorAll("table.sortable")){const b=t.tBodies[0],rows=[...b.rows];
    const value=(r,i)=>{const s=r.cells[i].dataset.v??r.cells[i].textContent.trim();const n=parseFloat(s.replace(/,/g,""));
    return Number.isNaN(n)?(s==="–"||s===""?-Infinity:s.toLowerCase()):n};
    const compare=(x,y)=>typeof x==="number"&&typeof y==="number"?x-y:String(x).localeCompare(String(y));
    [...t.tHead.rows[0].cells].forEach((h,i)=>{if(h.dataset.fixed!==undefined)return;
    const k=document.createElement("button");k.type="button";k.append(...h.childNodes);h.append(k);
    k.addEventListener("click",()=>{const up=h.getAttribute("aria-sort")==="descending"||
    (h.getAttribute("aria-sort")!=="ascending"&&!h.classList.contains("figure"));
    for(const o of t.tHead.rows[0].cells)o.removeAttribute("aria-sort");
    h.setAttribute("aria-sort",up?"ascending":"descending");
    rows.sort((p,q)=>(up?1:-1)*compare(value(p,i),value(q,i)));b.append(...rows)})});
    const f=document.createElement("input");f.type="search";f.placeholder="Search fields";f.setAttribute("aria-label","Search fields");
    f.addEventListener("input",()=>{const s=f.value.toLowerCase();
    for(const r of rows)r.hidden=!r.cells[0].textContent.toLowerCase().includes(s)});
    t.closest(".scroll").before(f)}
    """#
}
