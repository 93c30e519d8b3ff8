import { describe, expect, it } from 'vitest';
import { nth } from '#test/builders/interview-scenes.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { anApplicant, aScreeningIn, chair, secretary } from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

const aRound = async () => {
  const world = aWorld();
  const { roundId, applications } = await aScreeningIn(world, [{}, {}]);
  const site = aSelectionSite(world);
  const { id, documents } = nth(applications, 0);
  const file = nth(documents, 0).id;
  return { site, roundId, id, file, clean: `https://storage.example/clean/${id}/${file}` };
};

describe('the way to a document', () => {
  it('leads its owner from the page of documents to the storage, and nobody else', async () => {
    const { site, id, file, clean } = await aRound();
    const [own, other] = [await site.applicant(anApplicant(0)), await site.applicant(anApplicant(1))];
    const address = `/kk/applications/${id}/files/${file}`;

    expect((await own.get(`/kk/applications/${id}/documents`)).text).toContain(`href="${address}"`);
    expect((await own.get(address)).location).toContain(clean);
    expect((await other.get(address)).status).toBe(404);
    expect((await site.anonymous.get(address)).location).toContain('/kk/sign-in');
    const api = `/api/applications/${id}/documents/${file}`;
    expect(JSON.parse((await own.get(api)).text).url).toContain(clean);
    expect((await other.get(api)).status).toBe(404);
  });

  it('leads the secretary from the answers to the storage, and no member in a blind stage', async () => {
    const { site, roundId, id, file, clean } = await aRound();
    const [opens, judges] = [await site.staff(secretary), await site.staff(chair)];
    const page = `/ru/committee/rounds/${roundId}/screening/${id}`;

    expect((await opens.get(`${page}/answers`)).text).toContain(`${page}/files/${file}`);
    expect((await opens.get(`${page}/files/${file}`)).location).toContain(clean);
    expect((await judges.get(`${page}/files/${file}`)).status).toBe(403);
    const api = `/api/rounds/${roundId}/candidacies/${id}`;
    expect(JSON.parse((await opens.get(`${api}/answers`)).text).documents).toMatchObject([{ id: file }]);
    expect(JSON.parse((await opens.get(`${api}/documents/${file}`)).text).url).toContain(clean);
    expect((await judges.get(`${api}/documents/${file}`)).status).toBe(403);
  });
});
