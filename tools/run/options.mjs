/** Prints the usage when asked for help, or what is wrong with an option that is unknown; none of our commands has any. */
export const takeNoOptions = (usage) => {
  const given = process.argv.slice(2);
  if (given.length === 0) return;
  if (given.some((option) => option === '--help' || option === '-h')) {
    process.stdout.write(usage);
    process.exit(0);
  }
  process.stderr.write(`Unknown: ${given.join(' ')}\n\n${usage}`);
  process.exit(2);
};
