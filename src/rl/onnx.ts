import { create, toBinary } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  type TensorProto,
  TensorProto_DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from 'onnx-buf';
import { type DistanceRange, readLevels } from '../strategies/ppo/action-range.ts';
import type { PolicyFile } from '../strategies/ppo/policy-file.ts';

/** Versions of the format and of its operators that any runtime since 2021 reads. */
const IR_VERSION = 8n;
const OPSET = 13n;

/**
 * A policy as an ONNX model in single precision: `observation` (batch × features, as the environment gives them) to
 * `half_spreads` (batch × 2: δb and δa in price units, within the action range).
 */
export function policyOnnx({ observation, normalization, network, action, training }: PolicyFile): Uint8Array {
  const nodes: NodeProto[] = [];
  const constants: TensorProto[] = [];
  let current = 'observation';
  const constant = (name: string, values: readonly number[], dims: readonly number[]): string => {
    constants.push(tensor(name, values, dims));
    return name;
  };
  const add = (opType: string, output: string, input: string[], attribute: AttributeProto[] = []): void => {
    nodes.push(create(NodeProtoSchema, { opType, name: output, input, output: [output], attribute }));
    current = output;
  };
  const apply = (opType: string, output: string, inputs: readonly string[]): void =>
    add(opType, output, [current, ...inputs]);
  const width = observation.length;
  apply('Sub', 'centred', [constant('mean', normalization.mean, [width])]);
  apply('Div', 'scaled', [constant('std', normalization.std, [width])]);
  apply('Clip', 'input', [
    constant('least', [-normalization.clip], []),
    constant('greatest', [normalization.clip], []),
  ]);
  network.forEach(({ inputs, outputs, weights, bias }, i) => {
    apply('MatMul', `product${i}`, [constant(`weights${i}`, weights, [inputs, outputs])]);
    apply('Add', `layer${i}`, [constant(`bias${i}`, bias, [outputs])]);
    if (i < network.length - 1) apply('Tanh', `activation${i}`, []);
  });
  if (action.levels === undefined) {
    apply('Mul', 'offset', [constant('half_range', [0.5 * (action.high - action.low)], [1])]);
    apply('Add', 'unclipped', [constant('middle', [0.5 * (action.low + action.high)], [1])]);
    apply('Clip', 'half_spreads', [constant('low', [action.low], []), constant('high', [action.high], [])]);
  } else {
    // The half spreads of each action, row by row; the row of the largest output is taken.
    const pairs = constant('pairs', levelPairs(action, action.levels), [action.levels ** 2, 2]);
    add('ArgMax', 'action', [current], [integer('axis', 1), integer('keepdims', 0)]);
    add('Gather', 'half_spreads', [pairs, current], [integer('axis', 0)]);
  }
  const model = create(ModelProtoSchema, {
    irVersion: IR_VERSION,
    opsetImport: [create(OperatorSetIdProtoSchema, { domain: '', version: OPSET })],
    producerName: training.generator,
    docString: `half spreads from ${observation.map(({ feature }) => feature).join(', ')}; reward ${training.reward}`,
    graph: create(GraphProtoSchema, {
      name: 'policy',
      node: nodes,
      initializer: constants,
      input: [matrix('observation', width)],
      output: [matrix('half_spreads', 2)],
    }),
  });
  return toBinary(ModelProtoSchema, model);
}

function levelPairs(range: DistanceRange, levels: number): number[] {
  const pair = new Float64Array(2);
  return Array.from({ length: levels * levels }, (_, action) => {
    readLevels(range, levels, action, pair);
    return [...pair];
  }).flat();
}

function integer(name: string, value: number): AttributeProto {
  return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INT, i: BigInt(value) });
}

function tensor(name: string, values: readonly number[], dims: readonly number[]): TensorProto {
  // The format's raw data are little-endian whatever the machine.
  const data = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => {
    data.setFloat32(4 * i, value, true);
  });
  return create(TensorProtoSchema, {
    name,
    dims: dims.map(BigInt),
    dataType: TensorProto_DataType.FLOAT,
    rawData: new Uint8Array(data.buffer),
  });
}

/** A single-precision matrix of any number of rows. */
function matrix(name: string, columns: number): ValueInfoProto {
  const dimensions = [
    create(TensorShapeProto_DimensionSchema, { value: { case: 'dimParam', value: 'batch' } }),
    create(TensorShapeProto_DimensionSchema, { value: { case: 'dimValue', value: BigInt(columns) } }),
  ];
  const shape = create(TensorShapeProtoSchema, { dim: dimensions });
  const elements = create(TypeProto_TensorSchema, { elemType: TensorProto_DataType.FLOAT, shape });
  const type = create(TypeProtoSchema, { value: { case: 'tensorType', value: elements } });
  return create(ValueInfoProtoSchema, { name, type });
}
