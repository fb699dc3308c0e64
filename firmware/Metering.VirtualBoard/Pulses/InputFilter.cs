namespace Metering.Virtual;

/// <summary>
/// The board's input channel between the optocoupler and the GPIO: 10 kohm pull-up, 33 kohm and 220 nF, 74HC14 at 3.3 V.
/// The Schmitt trigger inverts, so that the GPIO is high while the contact is closed (hardware facts 2.3).
/// </summary>
/// <remarks>Solved exactly between edges (a first-order network), not sampled. Thresholds are the middle of the 74HC14's range.</remarks>
public struct InputFilter
{
    private const double SupplyV = 3.3;
    private const double ConductingV = 0.1;
    private const double RisingThresholdV = 1.85;
    private const double FallingThresholdV = 1.10;

    /// <summary>33 kohm x 220 nF, microseconds.</summary>
    private const double DischargeUs = 33e3 * 220e-9 * 1e6;

    /// <summary>(10 + 33) kohm x 220 nF, microseconds.</summary>
    private const double ChargeUs = 43e3 * 220e-9 * 1e6;

    private double _volts;
    private bool _closed;
    private bool _high;
    private long _atUs;

    public static InputFilter Idle(long atUs) => new() { _volts = SupplyV, _atUs = atUs };

    /// <summary>Level at the GPIO after the last instant fed.</summary>
    public readonly bool High => _high;

    /// <summary>Instant at which the output will change if the contact stays as it is, or <see cref="long.MaxValue"/>.</summary>
    public readonly long NextChangeUs
    {
        get
        {
            if (_closed && !_high)
            {
                return _volts <= FallingThresholdV
                    ? _atUs
                    : _atUs + (long)Math.Ceiling(DischargeUs * Math.Log((_volts - ConductingV) / (FallingThresholdV - ConductingV)));
            }

            if (!_closed && _high)
            {
                return _volts >= RisingThresholdV
                    ? _atUs
                    : _atUs + (long)Math.Ceiling(ChargeUs * Math.Log((SupplyV - _volts) / (SupplyV - RisingThresholdV)));
            }

            return long.MaxValue;
        }
    }

    /// <summary>Moves to an instant at or before <see cref="NextChangeUs"/>, at which the contact takes a new state.</summary>
    public void Contact(long atUs, bool closed)
    {
        Settle(atUs);
        _closed = closed;
    }

    /// <summary>Moves to <see cref="NextChangeUs"/> and flips the output.</summary>
    public void Flip(long atUs)
    {
        Settle(atUs);
        _high = !_high;
    }

    private void Settle(long atUs)
    {
        var elapsed = atUs - _atUs;
        _atUs = atUs;
        if (elapsed <= 0)
        {
            return;
        }

        if (_closed)
        {
            _volts = elapsed > 20 * DischargeUs ? ConductingV : ConductingV + ((_volts - ConductingV) * Math.Exp(-elapsed / DischargeUs));
        }
        else
        {
            _volts = elapsed > 20 * ChargeUs ? SupplyV : SupplyV - ((SupplyV - _volts) * Math.Exp(-elapsed / ChargeUs));
        }
    }
}
