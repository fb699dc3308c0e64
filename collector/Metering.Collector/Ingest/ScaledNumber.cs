namespace Metering.Collector.Ingest;

/// <summary>Decimal numbers as scaled integers, so that no reading ever passes through binary floating point.</summary>
public static class ScaledNumber
{
    /// <summary>
    /// Reads a JSON number without exponent and with at most <paramref name="decimals"/> decimals as value x 10^decimals;
    /// false when it has another form or does not fit in 64 bits.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, int decimals, out long scaled)
    {
        scaled = 0;
        var negative = text.Length > 0 && text[0] == (byte)'-';
        var i = negative ? 1 : 0;
        var digits = 0;
        long value = 0;
        for (; i < text.Length && text[i] != (byte)'.'; i++, digits++)
        {
            if (!Push(text[i], ref value))
            {
                return false;
            }
        }

        if (digits == 0)
        {
            return false;
        }

        var fraction = 0;
        if (i < text.Length)
        {
            for (i++; i < text.Length; i++, fraction++)
            {
                if (fraction == decimals || !Push(text[i], ref value))
                {
                    return false;
                }
            }

            if (fraction == 0)
            {
                return false;
            }
        }

        for (; fraction < decimals; fraction++)
        {
            if (!Push((byte)'0', ref value))
            {
                return false;
            }
        }

        scaled = negative ? -value : value;
        return true;
    }

    private static bool Push(byte digit, ref long value)
    {
        var d = digit - (byte)'0';
        if (d is < 0 or > 9 || value > (long.MaxValue - d) / 10)
        {
            return false;
        }

        value = (value * 10) + d;
        return true;
    }
}
