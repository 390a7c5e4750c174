/** Why a model was not put where it should be, in a sentence. */
export class ModelFault extends Error {}
