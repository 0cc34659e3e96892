/** Text made safe for HTML, also inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export interface HtmlColumn {
  readonly title: string;
  readonly number?: boolean;
}

/** A table that scrolls sideways where the page is narrow. Cells are HTML. */
export function htmlTable(columns: readonly HtmlColumn[], rows: readonly (readonly string[])[]): string {
  const kind = (i: number): string => (columns[i]!.number === true ? ' class="number"' : '');
  const head = columns.map(({ title }, i) => `<th scope="col"${kind(i)}>${escapeHtml(title)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell, i) => `<td${kind(i)}>${cell}</td>`).join('')}</tr>`).join('\n');
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
}
