const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** `/v1/media/<id>`, at whichever desk, or `uploads/<id>`: what an upload was answered with. */
const UPLOAD_PATH = new RegExp(`^(?:/(?:\\w+/){1,3}media|uploads)/(${UUID.source})$`);

/** The id of the upload that a value names; undefined for a file elsewhere. */
export const uploadIn = (value: string): string | undefined => UPLOAD_PATH.exec(value)?.[1];
