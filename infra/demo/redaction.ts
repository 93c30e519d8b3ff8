import * as z from 'zod';
import type { Scene } from '#infra/demo/scene.ts';
import { expectJson, nothing } from '#infra/rehearsal/http-client.ts';

const Overview = z.object({ rows: z.array(z.object({ applicationId: z.string(), open: z.int() })) });
const Originals = z.object({
  items: z.array(
    z.object({
      item: z.string(),
      standing: z.string(),
      text: z.object({ found: z.array(z.object({ kind: z.string() })), proposal: z.string() }).optional(),
    }),
  ),
});

/**
 * Scoring is blind and shows what applicants wrote: the secretary reads each text beside what the program found in it, and releases the copy without
 * names, numbers and places. Until every copy is there scoring does not open.
 */
export const redact = async (scene: Scene): Promise<void> => {
  const { act, round, company } = scene;
  const { client } = company.secretary;
  const path = `/api/rounds/${round}`;
  const { rows } = await act(() => expectJson(client, `${path}/redactions`, {}, Overview));
  let [copies, changed] = [0, 0];
  for (const { applicationId } of rows) {
    const originals = `${path}/candidacies/${applicationId}/redaction`;
    const { items } = await act(() => expectJson(client, originals, {}, Originals));
    for (const { item, text } of items) {
      if (!text) continue;
      const isChanged = text.found.length > 0;
      const json = isChanged ? { text: text.proposal } : {};
      const copy = `${originals}/${encodeURIComponent(item)}/text`;
      await act(() => expectJson(client, copy, { method: 'PUT', json }, nothing));
      copies += 1;
      if (isChanged) changed += 1;
    }
  }
  scene.say(`Redaction: ${copies} copies of texts released, ${changed} of them with something taken out.`);
};
