import { beforeEach, describe, expect, it } from 'vitest';
import { PersonalData } from '#shared/domain/personal-data.ts';
import { PersonalDataOrder } from '#shared/papers/on-demand.ts';
import { typedWell } from '#test/builders/application.ts';
import { nameOf } from '#test/house/doors.ts';
import { aBuilding, markers, visitors } from '#test/house/visitors.ts';

/** A page or a press of a button as the owner of an application, or as an administrator. */
type Press = (route: string, form?: Record<string, string>, locale?: string) => Promise<Answer>;
type Answer = { status: number; text: string; location: string; wrote: string[] };

let owner: Press;
let administrator: Press;

beforeEach(async () => {
  const building = await aBuilding('call', { submitted: true });
  const as = (token: string): Press => {
    const visitor = visitors.find((one) => one.token === token);
    return async (name, form) => {
      const route = building.routes.find((one) => nameOf(one) === name);
      if (!route || !visitor) throw new Error(`There is no ${name}.`);
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const sent = form ? { body: new URLSearchParams(form).toString(), headers } : {};
      const { response, wrote } = await building.knock(route, visitor, { real: true, ...sent });
      const location = response.headers.get('location') ?? '';
      return { status: response.status, text: await response.text(), location, wrote };
    };
  };
  owner = as('owner');
  administrator = as('administrator-passkey');
});

const data = '/:locale/account/data';

describe('my data', () => {
  it('shows the account, every answer, the files, what happened and who read it', async () => {
    const { text } = await owner(`GET ${data}`);

    for (const held of [typedWell.fullName, typedWell.institution, markers[1], markers[0]]) {
      expect(text).toContain(held);
    }
    expect(text).toContain('Nobody on the staff has read it.');
    // What is kept apart from the application is shown to its owner as well.
    expect(text).toContain('Answers about equality');
    expect(text).toContain('In a village');
    // Letters are named as they went out: in the language of the account.
    expect(text).toContain('Түзету туралы сұрауыңыз алынды');
    expect(text).toContain('Application submitted');
  });

  it('is a file of the published schema, and a paper drawn from the same', async () => {
    const file = PersonalData.parse(JSON.parse((await owner(`GET ${data}/export.json`)).text));
    const order = PersonalDataOrder.parse(JSON.parse((await owner(`GET ${data}/export.pdf`)).text));

    expect(file.applications[0]?.answers).toMatchObject({
      fullName: typedWell.fullName,
      iin: typedWell.iin,
      motivation: typedWell.motivation,
    });
    expect(file.requests).toMatchObject([{ kind: 'correction', text: markers[0] }]);
    expect(order.data.held).toEqual(file);
  });

  it('asks for a correction: nothing typed comes back as a fault, a long text as it was typed', async () => {
    const empty = await owner(`POST ${data}/correction/:application`, { text: '  ' });
    const long = await owner(`POST ${data}/correction/:application`, { text: 'ұзын '.repeat(600) });

    expect([empty.status, long.status]).toEqual([422, 422]);
    expect(long.text).toContain('ұзын ұзын');
  });

  it('says what withdrawing the consent means, then does it', async () => {
    const before = await owner(`GET ${data}/consent/:application`);
    const done = await owner(`POST ${data}/consent/:application`, {});
    const after = await owner(`GET ${data}`);
    const again = await owner(`GET ${data}/consent/:application`);

    expect(before.text).toContain('it is withdrawn at once');
    expect(done.location).toBe('/en/account/data?done=rights.done.consent');
    expect(after.text).toContain('Withdrawal of consent');
    // The round still runs: neither the end of it nor a withdrawal to come is said of what was withdrawn.
    expect(again.text).toContain('From this moment nobody');
    expect(again.text).not.toMatch(/The selection has ended|it is withdrawn at once/);
  });

  it('offers erasure once nothing keeps it, and says what stays', async () => {
    const kept = await owner(`GET ${data}/erasure`);
    const refused = await owner(`POST ${data}/erasure`, {});
    await owner(`POST ${data}/consent/:application`, {});
    const possible = await owner(`GET ${data}/erasure`);
    const asked = await owner(`POST ${data}/erasure`, {});

    expect(kept.text).toContain('An application is still in a selection');
    expect(kept.text).not.toContain('<button type="submit" class="govuk-button govuk-button--warning"');
    expect(kept.text).toMatch(/href="\/en\/applications\/\w+\/withdraw">Withdraw the application/);
    expect(kept.text).toMatch(/href="\/en\/account\/data\/consent\/\w+">Withdraw your consent/);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('href="/en/account/data/erasure">');
    expect(possible.text).toContain('codes and check values');
    expect(asked.status).toBe(303);
  });
});

describe('the requests of people, for staff', () => {
  it('stand with their day, are read on record, and are answered with a reason', async () => {
    const list = await administrator('GET /:locale/manage/data-requests');
    const read = await administrator('GET /:locale/manage/data-requests/:request');
    const bare = await administrator('POST /:locale/manage/data-requests/:request', {
      outcome: 'refused',
      text: '',
    });
    const answered = await administrator('POST /:locale/manage/data-requests/:request', {
      outcome: 'refused',
      text: 'The act of birth says so.',
    });

    expect(list.text).toContain('Correction');
    expect(list.text).not.toContain(markers[0]);
    expect(read.text).toContain(markers[0]);
    expect(bare.status).toBe(422);
    expect(answered.location).toContain('done=rights.done.answered');
    expect((await owner(`GET ${data}`)).text).toContain('The act of birth says so.');
  });
});
