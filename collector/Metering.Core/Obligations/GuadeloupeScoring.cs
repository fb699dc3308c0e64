namespace Metering.Core.Obligations;

/// <summary>An offer to the Guadeloupe call, with what its score (MDE part, § 4.1) rests on.</summary>
public sealed record Offer
{
    public required string Id { get; init; }

    /// <summary>bepos, confort-plus, energie-plus or renovation.</summary>
    public required string Category { get; init; }

    /// <summary>Extra costs, EUR.</summary>
    public required double ExtraCostEur { get; init; }

    /// <summary>Studies, EUR.</summary>
    public required double StudyCostEur { get; init; }

    /// <summary>SHON, m².</summary>
    public required double FloorAreaM2 { get; init; }

    /// <summary>ICT'/ICT'réf; bepos and confort-plus.</summary>
    public double? IctRatio { get; init; }

    /// <summary>BBIO'/BBIO'réf; bepos and energie-plus.</summary>
    public double? BbioRatio { get; init; }

    /// <summary>Savings, %; renovation.</summary>
    public double? SavingsPct { get; init; }
}

/// <summary>The score of one offer among those of its category.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="Q">Cost per m² times ratio, EUR/m²; the first criterion of the category.</param>
/// <param name="SecondQ">Of the second criterion (BePos: BBIO), or null.</param>
/// <param name="Qmde">Points of 60.</param>
/// <param name="Warnings">What the formula does that its authors may not have meant.</param>
public sealed record OfferScore(Offer Offer, double Q, double? SecondQ, double Qmde, IReadOnlyList<CallWarning> Warnings);

/// <summary>
/// Qmde of the Guadeloupe call, § 4.1, as written: Q = (extra costs + studies) / SHON × ratio, points × Qmin/Q among the offers
/// of a category. For renovation the ratio is the savings themselves, so that at equal cost more savings score less: applied
/// as written, with the call's warning.
/// </summary>
public static class GuadeloupeScoring
{
    /// <summary>Scores offers; each is compared with those of its own category.</summary>
    /// <param name="call">The call with its points.</param>
    /// <param name="offers">All offers that compete.</param>
    /// <exception cref="ArgumentException">The call ranks no offers, an offer lacks what its category needs, or holds an impossible value.</exception>
    public static IReadOnlyList<OfferScore> Score(CallRules call, IReadOnlyList<Offer> offers)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(offers);
        var scoring = call.Scoring ?? throw new ArgumentException($"Call '{call.Key}' ranks no offers: its rules have no 'scoring'.", nameof(call));
        var rated = offers.Select(o => (Offer: o, Costs: Costs(o))).ToList();
        return
        [
            .. rated.Select(r =>
            {
                var rivals = rated.Where(x => x.Offer.Category == r.Offer.Category).ToList();
                var best = rivals.Min(x => x.Costs.First) / r.Costs.First;
                var renovation = r.Offer.Category == "renovation";
                var points = r.Costs.Second is { } second
                    ? scoring.PointsEachOfTwo * (best + (rivals.Min(x => x.Costs.Second!.Value) / second))
                    : scoring.Points * best;
                return new OfferScore(
                    r.Offer, r.Costs.First, r.Costs.Second, points,
                    [.. call.Warnings.Where(w => renovation && w.Code == "guadeloupe.qrenov")]);
            }),
        ];
    }

    private static (double First, double? Second) Costs(Offer offer)
    {
        var cost = (Positive(offer, offer.ExtraCostEur + offer.StudyCostEur, "extra costs and studies"))
            / Positive(offer, offer.FloorAreaM2, "floor area");
        return offer.Category switch
        {
            "bepos" => (cost * Needed(offer, offer.IctRatio, "ICT ratio"), cost * Needed(offer, offer.BbioRatio, "BBIO ratio")),
            "confort-plus" => (cost * Needed(offer, offer.IctRatio, "ICT ratio"), null),
            "energie-plus" => (cost * Needed(offer, offer.BbioRatio, "BBIO ratio"), null),
            "renovation" => (cost * Needed(offer, offer.SavingsPct, "savings") / 100, null),
            _ => throw new ArgumentException(
                $"Offer '{offer.Id}' has category '{offer.Category}'; allowed are bepos, confort-plus, energie-plus, renovation."),
        };
    }

    private static double Needed(Offer offer, double? value, string name) => value is { } given
        ? Positive(offer, given, name)
        : throw new ArgumentException($"Offer '{offer.Id}' ({offer.Category}) lacks its {name}.");

    private static double Positive(Offer offer, double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentException($"Offer '{offer.Id}' gives {value} as {name}; it must be above 0.");
}

/// <summary>
/// Balance of a positive-energy house (Guadeloupe call, § 3.1.4): E' = E'C + E'W + E'L + E'AV − E'PE. The call prints
/// E' ≥ 0, which every ordinary house satisfies; both E' and the balance are given, and the balance decides.
/// </summary>
/// <param name="Cooling">E'C, kWh of final energy a year.</param>
/// <param name="HotWater">E'W, kWh.</param>
/// <param name="Lighting">E'L, kWh.</param>
/// <param name="Auxiliaries">E'AV, kWh.</param>
/// <param name="Production">E'PE, on-site production, kWh.</param>
public sealed record BeposBalance(double Cooling, double HotWater, double Lighting, double Auxiliaries, double Production)
{
    /// <summary>E'C + E'W + E'L + E'AV, kWh.</summary>
    public double Consumption => Cooling + HotWater + Lighting + Auxiliaries;

    /// <summary>E' as the call defines it: consumption less production, kWh. Negative for a positive-energy house.</summary>
    public double EPrime => Consumption - Production;

    /// <summary>Production less consumption, kWh: what is compared with 0 (requirement <c>guadeloupe.bepos-balance</c>).</summary>
    public double Balance => Production - Consumption;}
