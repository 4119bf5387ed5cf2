import { markup, type Markup } from '../markup.js';
import { cellCount, claimNotes, meanText, signText } from './claims-markdown.js';
import type { JudgedClaim } from './judge-claim.js';

/** Claims as a section of a page; their cells stand in the Markdown report. */
export function claimsSection(claims: readonly JudgedClaim[] | undefined): Markup | undefined {
  if (claims === undefined) return undefined;
  return markup`<section id="claims"><h2>Claims</h2><div class="scroll"><table>
<thead><tr><th scope="col" class="words">claim</th><th scope="col" class="words">verdict</th><th scope="col" class="number">mean difference</th><th scope="col" class="words">better in</th><th scope="col" class="words">source</th></tr></thead>
<tbody>${claims.map(
    (judged) =>
      markup`<tr><th scope="row">${judged.claim.sentence}</th><td class="words"><strong>${judged.verdict}</strong>${cellCount(judged)}</td><td class="number">${meanText(judged)}</td><td class="words">${signText(judged)}</td><td class="words">${judged.claim.source ?? 'ours'}</td></tr>
`,
  )}</tbody></table></div><ul class="notes">${claimNotes.map((note) => markup`<li>${note}</li>`)}</ul></section>`;
}
