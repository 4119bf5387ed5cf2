let recording = false;

/** Whether a step is being recorded at this moment, to run as a graph later. */
export function isRecording(): boolean {
  return recording;
}

/** Says whether a step is being recorded from here on. */
export function setRecording(isOn: boolean): void {
  recording = isOn;
}
