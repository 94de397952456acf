/** A reader with faults that the fuzzer looks for, one after the other, and at last its process ends. */
let calls = 0;

export async function check() {
  switch (calls++) {
    case 1:
      throw new TypeError('planted: not an error of ours');
    case 2: {
      const start = process.cpuUsage();
      const spent = () => {
        const { user, system } = process.cpuUsage(start);
        return user + system;
      };
      while (spent() < 1_500_000);
      return 'opened';
    }
    case 3:
      return Buffer.alloc(120 * 2 ** 20, 1).length > 0 ? 'opened' : 'clip/bad-shape';
    case 4:
      process.exit(3);
      break;
    default:
      return 'clip/bad-shape';
  }
}
