import { dirname } from 'node:path';
import { FileProblem } from '../../disk/files/file-problem.js';
import { checkWritable } from '../../disk/files/private-folder.js';
import { checkProfiles } from '../../disk/profiles/check-profiles.js';
import type { Profiles } from '../../disk/profiles/profile-files.js';
import type { Problem } from '../../domain/input/problem.js';
import type { Request } from '../../domain/request/request.js';

/** Returns the problem of the first required file or folder that cannot be written; undefined if all can. */
export async function fileProblem(
  { folder, profiles }: { readonly folder?: string; readonly profiles: Profiles },
  request: Request,
): Promise<Problem | undefined> {
  try {
    if (folder !== undefined) {
      checkWritable(dirname(folder));
    }
    if (profiles.profiles.length > 0) {
      await checkProfiles(profiles);
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof FileProblem)) {
      throw error;
    }
    const where = request.targets.length > 1 ? 'targets' : request.handover.refresh ? 'refresh' : 'aws-profile';
    return { where, what: error.message.replace(/\.$/, ''), fix: error.fix.replace(/\.$/, '') };
  }
}
