/** What a code of a failure or warning means, and what to do about it; messages say the same of the case at hand. */
export interface FaultHelp {
  readonly means: string;
  readonly cure: string;
}

const AGAIN = 'Run the command again.';
const RETARGET = 'Retarget the clip to this skeleton, or push to the one it was made for.';
const OTHER_NAME = 'Choose another name.';
const INIT = 'Run `gaitway init` in the project and restart the editor.';
const REPORT = "The editor's Output Log (_Window → Output Log_) shows where; please report it.";
const LOG = "The editor's Output Log says why.";
const NOTHING = 'Nothing; it is told so that nobody wonders.';

/** Every code of the link, those of the plugin among them. */
export const FAULTS: Readonly<Record<string, FaultHelp>> = {
  'bridge/additive': { means: 'an additive animation came or went as a full pose', cure: NOTHING },
  'bridge/animation-missing': {
    means: 'no AnimSequence is at the path',
    cure: 'Look with `gaitway pull --list`.',
  },
  'bridge/asset-missing': {
    means: 'no asset of that kind is at the path',
    cure: 'Check the path in the content browser.',
  },
  'bridge/asset-taken': { means: 'an asset of another kind is at the path', cure: OTHER_NAME },
  'bridge/bad-answer': { means: "the plugin's answer has another form than agreed", cure: INIT },
  'bridge/bad-asset-path': {
    means: 'the path is none that Unreal takes',
    cure: 'Give one such as `/Game/Motion/Walk`.',
  },
  'bridge/bad-attribute': {
    means: "a clip's attribute `unreal-animation` is not one that a pull made",
    cure: 'Pull the animation again, or take the attribute out.',
  },
  'bridge/bad-block': { means: 'numbers were damaged or cut on the way', cure: AGAIN },
  'bridge/bad-request': { means: 'the plugin was asked for what makes no sense', cure: INIT },
  'bridge/bad-token': {
    means: 'the token is not that of this editor session',
    cure: "Run the command in the open project's folder, or give it with `--project`.",
  },
  'bridge/bone-missing': { means: 'the skeleton has no such bone', cure: RETARGET },
  'bridge/cancelled': { means: 'you, or the editor, stopped the work', cure: AGAIN },
  'bridge/checkout-refused': {
    means: 'source control did not hand the asset out; nothing was changed',
    cure: 'See who has it, and whether the server answers.',
  },
  'bridge/connection-lost': {
    means: 'the connection broke before the answer',
    cure: 'See whether the editor still runs, then run the command again.',
  },
  'bridge/create-refused': {
    means: 'the editor would not make the asset',
    cure: `${LOG} The folder may be read-only.`,
  },
  'bridge/database-list-closed': {
    means: "this engine does not let scripts at a database's list of animations",
    cure: 'Add the animations by hand; 5.4 needs no such thing.',
  },
  'bridge/denied': {
    means: 'the editor turned the request away (401)',
    cure: 'Give the passphrase, or untick _Project Settings → Plugins → Remote Control → Restrict Server Access_.',
  },
  'bridge/editor-busy': {
    means: 'the editor kept saving or collecting garbage',
    cure: 'Wait until it is idle and run the command again.',
  },
  'bridge/editor-lost': { means: 'the editor was lost, but the asset holds the push', cure: NOTHING },
  'bridge/engine-warning': {
    means: 'the engine warned while it wrote',
    cure: 'Read the warning; the asset was written.',
  },
  'bridge/http-server-stopped': {
    means: "the editor's web server is off",
    cure: 'Tick _Project Settings → Plugins → Remote Control → Auto Start Web Server_, or type `WebControl.StartServer`.',
  },
  'bridge/ik-rig-off': {
    means: 'the plugin IK Rig is off',
    cure: 'Tick it under _Edit → Plugins_ and restart the editor.',
  },
  'bridge/import-refused': {
    means: 'the editor did not import the ONNX file',
    cure: `${LOG} A runtime such as NNERuntimeORT must be on.`,
  },
  'bridge/job-stalled': {
    means: 'a job has not moved for two minutes',
    cure: 'Close open dialogs in the editor and run it again.',
  },
  'bridge/nne-off': {
    means: 'the editor has no NNE',
    cure: 'Switch on a runtime such as NNERuntimeORT under _Edit → Plugins_ and restart the editor.',
  },
  'bridge/no-model-file': { means: 'the ONNX file is not there', cure: 'Check the path.' },
  'bridge/no-pose-search': {
    means: 'Pose Search is off',
    cure: 'Tick it under _Edit → Plugins_ and restart the editor.',
  },
  'bridge/no-preview-actor': {
    means: 'the preview figure is gone from the level',
    cure: 'Open the preview again.',
  },
  'bridge/no-python': {
    means: 'the Python of the stand-in does not start',
    cure: 'Give another, or leave `--python` out.',
  },
  'bridge/no-such-bones': {
    means: 'the mesh has none of the joints of the clip',
    cure: "Retarget the clip to the mesh's skeleton, or select another mesh.",
  },
  'bridge/no-token': {
    means: 'the project has no token, so the plugin has not run in it',
    cure: 'Run `gaitway init` once and open the project in the editor.',
  },
  'bridge/not-found': {
    means: 'the editor answered 404',
    cure: 'Check the path, and that the asset or plugin is loaded.',
  },
  'bridge/one-pose': {
    means: 'a single pose was held for one frame, since two keys are the least',
    cure: NOTHING,
  },
  'bridge/parent-differs': { means: "a joint's parent is another one in the skeleton", cure: RETARGET },
  'bridge/plugin-fault': { means: 'the plugin met a fault of its own', cure: REPORT },
  'bridge/plugin-missing': {
    means: 'the editor answers, but not our plugin',
    cure: 'Run `gaitway init`, tick _Gaitway_ and _Python Editor Script Plugin_ under _Edit → Plugins_, restart the editor.',
  },
  'bridge/plugin-silent': { means: 'the plugin failed without a word', cure: REPORT },
  'bridge/port-taken': {
    means: 'the stand-in cannot listen on the port',
    cure: 'Close the editor or stand-in that has it, or give another `--port`.',
  },
  'bridge/pose-search-off': {
    means: 'Pose Search is off',
    cure: 'Tick it under _Edit → Plugins_ and restart the editor.',
  },
  'bridge/protocol-mismatch': { means: 'plugin and program are of different versions', cure: INIT },
  'bridge/push-cut-off': {
    means: 'the editor was lost during a push; the message says whether it was done',
    cure: 'Run the command again, or look at the asset where that is said.',
  },
  'bridge/rate-refused': {
    means: 'the engine does not change the asset to that frame rate',
    cure: 'Nothing where the clip was resampled, as is told; else push under another name.',
  },
  'bridge/read-back-differs': { means: 'the asset does not hold what was written', cure: `${LOG} ${AGAIN}` },
  'bridge/rejected': { means: 'the editor refused the request', cure: `Nothing was sent again. ${LOG}` },
  'bridge/resampled': { means: 'the clip was resampled to a rate that Unreal takes', cure: NOTHING },
  'bridge/rest-differs': { means: 'the clip is made for a body of other sizes', cure: RETARGET },
  'bridge/save-refused': {
    means: 'the asset was not saved',
    cure: 'See whether its file is read-only or checked out by others.',
  },
  'bridge/scales-left-out': { means: 'scales were left out of the push', cure: NOTHING },
  'bridge/skeleton-differs': { means: 'the asset is for another skeleton', cure: OTHER_NAME },
  'bridge/skeleton-missing': {
    means: 'no skeleton or mesh is at the path',
    cure: 'Check the path in the content browser.',
  },
  'bridge/timeout': {
    means: 'no answer came in time',
    cure: "Bring the editor's window to the front, close open dialogs, and run the command again.",
  },
  'bridge/transfer-missing': {
    means: 'the editor does not see the file that was written for it',
    cure: 'Nothing; numbers go in pieces then.',
  },
  'bridge/transfer-unwritable': {
    means: '`Saved/Gaitway/transfer` cannot be written',
    cure: 'Make room, or allow writing there.',
  },
  'bridge/unknown-call': { means: 'the plugin is older than the program', cure: INIT },
  'bridge/unknown-job': { means: 'the editor was restarted, or the job lay idle too long', cure: AGAIN },
  'bridge/unreachable': {
    means: 'no editor answers at the port',
    cure: 'Open the project, tick _Remote Control API_ and _Auto Start WebSocket Server_; `gaitway doctor` looks closer.',
  },
  'bridge/unreadable-answer': {
    means: 'an answer came damaged; what the editor did is not known',
    cure: 'Look at the editor and run the command again; a proxy may change the data.',
  },
  'bridge/unreadable-pose': { means: "a pose's text has another number of bones", cure: REPORT },
  'bridge/would-overwrite': {
    means: 'the asset was not made by Gaitway',
    cure: 'Push with `--force`, or under another name.',
  },
  'bridge/write-refused': { means: 'the engine did not take what was written; it was undone', cure: LOG },
};
