import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { GaitwayError } from '../errors.js';

const measure = z.number().optional();

/** What the preview needs of a report that `gaitway retarget --report` writes; the rest is passed by. */
const RetargetReport = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      clips: z.array(
        z.object({
          take: z.string(),
          outputs: z.array(z.string()),
          quality: z.object({
            armDegrees: measure,
            legDegrees: measure,
            chainPercent: measure,
            chainLeastPercent: measure,
            slideSourceCmPerSecond: measure,
            slideCmPerSecond: measure,
            floorCm: measure,
            rootCm: z.number(),
            jerkRatio: measure,
          }),
          warnings: z.array(z.object({ code: z.string() })),
        }),
      ),
    }),
  ),
});
export type RetargetReport = z.infer<typeof RetargetReport>;

/**
 * Reads the JSON report of a retarget.
 *
 * @throws GaitwayError `preview/not-a-report` where the file is none.
 */
export async function readRetargetReport(path: string): Promise<RetargetReport> {
  try {
    return RetargetReport.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new GaitwayError(
      'preview/not-a-report',
      `${path} is no report of a retarget; give a clip, a folder, or what "gaitway retarget --report FILE.json" wrote.`,
      { file: path },
      cause,
    );
  }
}
