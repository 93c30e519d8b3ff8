import { choicesOf } from '#infra/demo/applicant.ts';
import type { Ways } from '#infra/demo/ways.ts';
import { chanceOf } from '#shared/chance.ts';
import { fillSections, type Language, openUntil, signInOnPages, uploadDocument } from './cast.ts';
import type { HomeProcess } from './home-process.ts';
import type { Page, Visitor } from './visitor.ts';

type Filled = Record<string, string>;

const of = ({ id }: { id: string }): string => `/applications/${id}`;

/** Somebody who does everything on the pages, in one language and without JavaScript. */
export const onPages = (home: HomeProcess, mail: string, language: Language): Ways => {
  let known: Visitor | undefined;
  const signedIn = async (): Promise<Visitor> => {
    known = (await signInOnPages(home, { mail, language })).who;
    return known;
  };
  /** Sessions end while weeks pass. */
  const open = async (path: string): Promise<{ who: Visitor; page: Page }> => {
    const who = known ?? (await signedIn());
    const page = await who.open(`/${language}${path}`);
    if (!page.path.includes('/sign-in')) return { who, page: readable(page, language) };
    const again = await signedIn();
    return { who: again, page: readable(await again.open(`/${language}${path}`), language) };
  };
  const press = async (path: string, action: string, fields: Filled = {}): Promise<Page> => {
    const { who, page } = await open(path);
    return readable(await who.press(page, action, fields), language);
  };

  return {
    apply: async (_client, call, person) => {
      const started = await press(`/calls/${call.id}/apply`, '/apply');
      const id = /\w{20}$/.exec(started.path)?.[0] ?? '';
      const { who } = await open(of({ id }));
      await fillSections(who, started.path, person);
      for (const { code, required } of call.documents) {
        if (required) await uploadDocument(who, started.path, code);
      }
      if (call.asksReferences && person.referee) {
        await press(`${of({ id })}/references/1`, '/references/1', person.referee);
      }
      const subject = person.typed.work['subjects']?.[0];
      for (const code of choicesOf(person, call)) {
        await press(`${of({ id })}/choices?subject=${subject}`, '/choices', { press: `add ${code}` });
      }
      // Until every file has arrived the page only offers to submit without it.
      const ready = await openUntil(
        who,
        `${started.path}/check`,
        ({ document }) =>
          document.querySelector('form[action$="/submit"]') !== null &&
          document.querySelector('input[name="without"]') === null,
      );
      const receipt = readable(await who.press(ready, '/submit'), language);
      return { id, number: /KZ19-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(receipt.text)?.[0] ?? '' };
    },
    book: async (one) => {
      const chance = chanceOf(`time of ${mail}`);
      for (;;) {
        const { who, page } = await open(`${of(one)}/interview`);
        const slots = page.document.querySelectorAll('input[name="slot"]');
        const slot = slots[chance.below(slots.length)]?.getAttribute('value') ?? '';
        const booked = await who.press(page, '/interview', { slot });
        // Somebody else may have been faster: another time, then.
        if (booked.status !== 409) return void readable(booked, language);
      }
    },
    claim: async (one, claim) => void (await press(`${of(one)}/claim`, '/claim', claim)),
    accept: async (one, offer) => void (await press(`${of(one)}/offers/${offer}`, '/acceptance')),
    decline: async (one, offer, reason) =>
      void (await press(`${of(one)}/offers/${offer}`, '/refusal', { reason })),
    tick: async (one, code) => void (await press(`${of(one)}/placement`, '/placement/items', { code })),
    withdraw: async (one) => void (await press(`${of(one)}/withdraw`, '/withdraw', { reason: 'personal' })),
  };
};

/** The page, in the language that was asked for. @throws when it refuses or speaks another one */
const readable = (page: Page, language: Language): Page => {
  const spoken = page.document.querySelector('html')?.getAttribute('lang');
  if (page.status < 400 && spoken === language) return page;
  throw new Error(`${page.path} answered ${page.status} in ${spoken}:\n${page.text.slice(0, 800)}`);
};
