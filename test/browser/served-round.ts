import { receiveDocument } from '#functions/commands/documents.ts';
import { receiveCopy } from '#functions/commands/redaction-files.ts';
import { receivePaper } from '#functions/commands/request-papers.ts';
import { receiveScan } from '#functions/commands/scans.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { readArrival } from '#functions/documents/arrival.ts';
import type { World } from '#test/builders/scenes.ts';
import { compiledAssets } from '#test/functions/web/compiled-assets.ts';
import { aSelectionSite } from '#test/functions/web/selection-site.ts';
import { listen } from './listening.ts';
import { takeFile } from './storage.ts';

/** The pages of a scene at a real address, with a storage that takes scanned sheets. */
export type ServedRound = {
  origin: string;
  tokens: ReturnType<typeof aSelectionSite>['tokens'];
  people: ReturnType<typeof aSelectionSite>['people'];
  /** Codes that went to mailboxes, oldest first. */
  codes: readonly string[];
  stop: () => Promise<void>;
};

let compiled: ReturnType<typeof compiledAssets> | undefined;

export const serveRound = async (world: World): Promise<ServedRound> => {
  compiled ??= compiledAssets();
  const { origin, answerWith, stop } = await listen();
  const files: World['files'] = {
    ...world.files,
    presignUpload: async ({ key, redirect }) => ({
      url: `${origin}/storage`,
      fields: { key, ...(redirect !== undefined && { success_action_redirect: redirect }) },
    }),
  };
  const { web, tokens, people, codes } = aSelectionSite(
    { ...world, files },
    { origin, assets: await compiled },
  );
  const arrive = async (key: string, bytes: Uint8Array): Promise<void> => {
    world.files.put(key, Buffer.from(bytes).toString('latin1'));
    // Of other folders nobody is told.
    if (!key.startsWith('quarantine/')) return;
    const detail = { object: { key } };
    const arrival = readArrival({ 'detail-type': 'Object Created', detail });
    if ('gateId' in arrival) await receiveScan(world, { ...arrival, scanning: false });
    else if ('requestId' in arrival) await receivePaper(world, { ...arrival, scanning: false });
    else if ('redactionOf' in arrival) await receiveCopy(world, { ...arrival, scanning: false });
    else await receiveDocument(world, { ...arrival, scanning: false });
  };
  answerWith((request) =>
    new URL(request.url).pathname === '/storage' ? takeFile(request, arrive) : web.fetch(request),
  );
  return { origin, tokens, people, codes, stop };
};

/** Names of the people of a scene, as colleagues see them; nobody is called so. */
const names = [
  'Ахметова Жанар Серікқызы',
  'Иванова Ольга Петровна',
  'Досов Ерлан Маратұлы',
  'Сейітова Дана Асқарқызы',
  'Ким Виктор Андреевич',
  'Оспанов Нұрлан Болатұлы',
  'Смагулова Айнұр Қайратқызы',
] as const;

/** Signs a committee in, each with a name. @returns their tokens in the order of the people */
export const signInAll = async ({ tokens }: ServedRound, people: readonly Person[]): Promise<string[]> => {
  const signedIn: string[] = [];
  for (const [index, person] of people.entries())
    signedIn.push(await tokens.staff(person, names[index] ?? person.id));
  return signedIn;
};
