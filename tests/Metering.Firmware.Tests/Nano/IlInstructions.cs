using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Metering.Firmware.Tests.Nano;

/// <summary>One instruction of a method body.</summary>
/// <param name="Code">Operation code.</param>
/// <param name="Token">Metadata token of its operand, or 0.</param>
internal readonly record struct IlInstruction(OpCode Code, int Token);

/// <summary>Reads method bodies (ECMA-335, partition III).</summary>
internal static class IlInstructions
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(f => f.GetValue(null)).OfType<OpCode>().ToDictionary(c => c.Value);

    public static List<IlInstruction> Read(BlobReader il)
    {
        var instructions = new List<IlInstruction>();
        while (il.RemainingBytes > 0)
        {
            var first = il.ReadByte();
            var value = first == 0xFE ? unchecked((short)(0xFE00 | il.ReadByte())) : first;
            var code = Codes[value];
            var token = 0;
            switch (code.OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    il.ReadByte();
                    break;
                case OperandType.InlineVar:
                    il.ReadInt16();
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    il.ReadInt64();
                    break;
                case OperandType.InlineSwitch:
                    var count = il.ReadInt32();
                    il.Offset += 4 * count;
                    break;
                default:
                    token = il.ReadInt32();
                    break;
            }

            instructions.Add(new IlInstruction(code, token));
        }

        return instructions;
    }
}
