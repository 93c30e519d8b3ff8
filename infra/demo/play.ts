import { parseArgs } from 'node:util';
import { homeForTheDemo } from '#infra/demo/home.ts';
import { playIntake } from '#infra/demo/intake.ts';
import { say } from '#infra/demo/progress.ts';

const usage = `npm run demo [-- --url http://localhost:3000] [--operator http://localhost:3001]

Plays the Almaty region's third intake of 2022 with synthetic people against a home that runs in rehearsal.
When none runs there, one is started for the play and stays until Ctrl-C.`;

const { values } = parseArgs({
  options: { url: { type: 'string' }, operator: { type: 'string' }, help: { type: 'boolean' } },
});

const play = async (): Promise<void> => {
  const home = await homeForTheDemo(values);
  const { operator, origin } = home;
  const { round, submitted, stage } = await playIntake(operator, origin);
  say(`
The call is closed: ${submitted} applications were submitted, the round is in ${stage}.

Look at
  the call          ${origin}/en/calls/${round}
  in Kazakh         ${origin}/kk/calls/${round}
  the letters       ${operator.url}/
  the API           ${origin}/openapi.json`);
  await home.untilStopped();
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
