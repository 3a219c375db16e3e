import { cpuSeconds, cpuSecondsIn, peakMbIn, residentMbIn } from './proc';

describe('what Linux says of a process', () => {
  it('is read beyond a name with brackets in it', () => {
    const stat = '12 (a (b) c) S 1 12 12 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 11 0 99 1 2';
    expect(cpuSecondsIn(stat)).toBe(3);
  });

  it('gives resident memory in megabytes, that of now and the most ever', () => {
    const status = 'Name:\tnode\nVmHWM:\t 4096 kB\nVmRSS:\t    2048 kB\n';
    expect([residentMbIn(status), peakMbIn(status)]).toEqual([2, 4]);
  });

  it('is unknown for a process that is not there', () => {
    expect(cpuSeconds(undefined)).toBeNaN();
  });
});
