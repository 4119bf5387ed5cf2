/** TensorFlow's numbers for element types (`TF_DataType`, the same as `DataType` in GraphDefs). */
export const dataType = {
  float32: 1,
  int32: 3,
  string: 7,
  bool: 10,
  resource: 20,
} as const;
