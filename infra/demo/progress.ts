/** A bar on a terminal, plain lines anywhere else. */
export const progress = (label: string, total: number) => {
  const terminal = process.stdout.isTTY;
  let done = 0;
  const draw = (): void => {
    const filled = Math.round((done / total) * 30);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(30 - filled)}`;
    process.stdout.write(`\r${label} ${bar} ${done}/${total}`);
  };
  return {
    step: (): void => {
      done += 1;
      if (terminal) draw();
      else if (done === total || done % 10 === 0) process.stdout.write(`${label} ${done}/${total}\n`);
      if (terminal && done === total) process.stdout.write('\n');
    },
  };
};

export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
