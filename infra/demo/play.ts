import { parseArgs } from 'node:util';
import { withBeacon } from '#infra/demo/beacon.ts';
import { withChecks } from '#infra/demo/checks.ts';
import { type DemoHome, homeForTheDemo } from '#infra/demo/home.ts';
import { minutesOf, outcomeOf, tableOf } from '#infra/demo/outcome.ts';
import { syntheticApplicant } from '#infra/demo/people.ts';
import { progress, say } from '#infra/demo/progress.ts';
import { fileFor } from '#infra/demo/round-file.ts';
import { playRound } from '#infra/demo/whole-round.ts';

const usage = `npm run demo [-- --url http://localhost:3000] [--operator http://localhost:3001] [--beacon]

Plays the Almaty region's third intake of 2022 (44 applicants for 438 posts; alataunews.kz, October 2022) with synthetic
people, from the drafted round to the closed one, against a home that runs in rehearsal. When none runs there, one is
started for the play and stays until Ctrl-C.

  --beacon   lots wait for a public value, from the chain of rehearsals, which the secretary brings`;

const applicants = 44;

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    operator: { type: 'string' },
    beacon: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
});

const play = async (): Promise<void> => {
  const home = await homeForTheDemo(values);
  try {
    await playAt(home);
  } catch (error) {
    await home.stop();
    throw error;
  }
  await home.untilStopped();
};

const playAt = async ({ operator, origin }: DemoHome): Promise<void> => {
  const begun = Date.now();
  const asItWas = withChecks(await fileFor(operator));
  const file = values.beacon ? withBeacon(asItWas) : asItWas;
  await operator.setClock(new Date(file.start).toISOString());
  const people = Array.from({ length: applicants }, (_, index) => syntheticApplicant(index));
  const rehearsal = { operator, origin, act: <T>(work: () => Promise<T>) => work() };
  const { step: applied } = progress('Applications', people.length);
  const scene = await playRound(rehearsal, { file, people, say, applied });
  const letters = (await operator.letters()).length;
  const { data, files } = await minutesOf(scene);
  say(`
The round is closed, ${Math.round((Date.now() - begun) / 1000)} seconds after its first invitation.

${tableOf(await outcomeOf(scene))}

${letters} letters were written. The minutes are drawn in ${files.map(({ locale }) => locale).join(', ')}, from data with the SHA-256
${data}.

Look at
  the call          ${origin}/en/calls/${scene.round}
  the results       ${origin}/kk/calls/${scene.round}/results
  the minutes       ${origin}/ru/manage/rounds/${scene.round}/papers
  the letters       ${operator.url}/
  the API           ${origin}/openapi.json

The minutes are for administrators: the letters’ page makes a link that enrols you as one.`);
};

if (values.help) {
  say(usage);
} else {
  try {
    await play();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
