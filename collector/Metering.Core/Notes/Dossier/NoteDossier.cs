using System.Text.Json.Serialization;
using Metering.Core.Languages;
using Metering.Core.Notes.Model;
using Metering.Core.Obligations;

namespace Metering.Core.Notes.Dossier;

/// <summary>
/// What people know about an operation and no meter measures: works, targets, regulatory values, invoices, rents, survey,
/// actions, and what they write. One file a building, which stays through re-issues. Everything is optional; a chapter
/// whose part is missing says so.
/// </summary>
public sealed record NoteDossier
{
    public static NoteDossier Empty { get; } = new();

    /// <summary>Whose data these are, where they are not the building's own.</summary>
    public DataCredit? Credit { get; init; }

    /// <summary>What a simulated building was made to save: printed beside what is found. Never set for a real one.</summary>
    public PlantedSaving? Planted { get; init; }

    /// <summary>Mentions of funders that a call asks for on every document.</summary>
    public IReadOnlyList<string> Mentions { get; init; } = [];

    /// <summary>Files of the funders' logos, beside the dossier: PNG or JPEG.</summary>
    public IReadOnlyList<string> Logos { get; init; } = [];

    /// <summary>File of a photograph of the building, beside the dossier: PNG or JPEG.</summary>
    public string? Photo { get; init; }

    /// <summary>The pictures themselves, once they are read.</summary>
    [JsonIgnore]
    public IReadOnlyList<NoteImage> Images { get; init; } = [];

    /// <summary>First local day of the works: the baseline ends here. The reception when not given.</summary>
    public DateOnly? WorksStart { get; init; }

    /// <summary>Occupants or owner agreed that short-step readings and values of single dwellings are published.</summary>
    public bool PublicationConsent { get; init; }

    /// <summary>Category of the operation in its call (bepos, confort-plus, energie-plus, renovation, ...).</summary>
    public string? Category { get; init; }

    /// <summary>Key in the Base Adresse Nationale.</summary>
    public string? BanId { get; init; }

    /// <summary>Key in the Référentiel National des Bâtiments.</summary>
    public string? RnbId { get; init; }

    /// <summary>Key in the Base de Données Nationale des Bâtiments.</summary>
    public string? BdnbId { get; init; }

    /// <summary>What the FNAP follow-up table asks for and no other item holds.</summary>
    public FnapSheet? Fnap { get; init; }

    /// <summary>What the building is.</summary>
    public BuildingCharacteristics? Characteristics { get; init; }

    /// <summary>What occupants were told about their data.</summary>
    public DataProtection? DataProtection { get; init; }

    /// <summary>Offers that compete in the call (Guadeloupe, § 4.1).</summary>
    public IReadOnlyList<Offer> Offers { get; init; } = [];

    /// <summary>Who attests that a circuit feeds nothing else (Guadeloupe, § 5.3).</summary>
    public IReadOnlyList<CircuitAttestation> Circuits { get; init; } = [];

    /// <summary>Charters of good use handed over (Guadeloupe, § 5.4).</summary>
    public IReadOnlyList<CharterDelivery> Charters { get; init; } = [];

    /// <summary>Prices, reference climate and years of a heat network (AULA).</summary>
    public HeatNetworkSheet? HeatNetwork { get; init; }

    public IReadOnlyList<NoteWork> Works { get; init; } = [];
    public IReadOnlyList<NoteTarget> Targets { get; init; } = [];
    public IReadOnlyList<RegulatoryValue> RegulatoryValues { get; init; } = [];
    public IReadOnlyList<NoteInvoice> Invoices { get; init; } = [];
    public IReadOnlyList<NoteFactor> Factors { get; init; } = [];
    public IReadOnlyList<RentAndCharges> Charges { get; init; } = [];
    public NoteSurvey? Survey { get; init; }
    public IReadOnlyList<NoteAction> Actions { get; init; } = [];
    public IReadOnlyList<DossierAdjustment> Adjustments { get; init; } = [];
    public IReadOnlyList<LedgerEntry> Corrections { get; init; } = [];

    /// <summary>Paragraphs by chapter key: operation, measuring, consumption, savings, comfort, charges, usage, results, lessons.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Narrative { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyList<string> NarrativeOf(string chapter) => Narrative.TryGetValue(chapter, out var paragraphs) ? paragraphs : [];
}

/// <param name="Landlord">Landlord (field 1).</param>
/// <param name="DwellingsBefore">Field 2.</param>
/// <param name="DwellingsAfter">Field 3.</param>
/// <param name="LivingAreaAfterM2">Field 4, m².</param>
/// <param name="CostEur">Field 5, €.</param>
/// <param name="StateAidEur">Field 6, €.</param>
/// <param name="Location">Field 12: hors QPV, QPV, QPV-PRIN or QPV-PRIR.</param>
/// <param name="ApprovedYear">Year in which the dwellings were first approved (excluded operations: less than 15 years ago), or null.</param>
public sealed record FnapSheet(
    string Landlord, int DwellingsBefore, int DwellingsAfter, double LivingAreaAfterM2, decimal CostEur, decimal StateAidEur, string Location,
    int? ApprovedYear = null);

/// <param name="Percent">Planted saving, % of what the building would have taken.</param>
/// <param name="WithoutWorksKwh">What the meters would have counted in both years without the works, kWh.</param>
public sealed record PlantedSaving(double Percent, double WithoutWorksKwh);

/// <param name="Name">What was done.</param>
/// <param name="Envelope">A post of the envelope, which some calls count.</param>
public sealed record NoteWork(BilingualText Name, bool Envelope);

/// <summary>A contractual target: a number, a sense, and where it is written. Thresholds are data, never constants of the program.</summary>
/// <param name="Key">
/// What is compared: savings-pct (climate-corrected savings), consumption-kwh-m2 (final energy, kWh/m² a year),
/// comfort-outside-pct (hours outside the comfort zones), cost-eur-dwelling (€ a dwelling and year), cost-eur-building (€ a
/// year of a building without dwellings), or a regulatory kind.
/// </param>
/// <param name="Name">As printed.</param>
/// <param name="Value">The threshold.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="AtLeast">True: the value must reach it; false: it must not exceed it.</param>
/// <param name="Source">Document and clause.</param>
public sealed record NoteTarget(string Key, BilingualText Name, double Value, string Unit, bool AtLeast, string Source)
{
    public const string Savings = "savings-pct";
    public const string Consumption = "consumption-kwh-m2";
    public const string Comfort = "comfort-outside-pct";
    public const string Cost = "cost-eur-dwelling";

    /// <summary>€ a year of a building without dwellings.</summary>
    public const string BuildingCost = "cost-eur-building";
}

/// <summary>An imported regulatory value: calculated by somebody else, never replaced by a measured one.</summary>
/// <param name="Kind">
/// ICT', BBIO', E', DPE, DPEG, Cep, GES. ICT' and BBIO' are the ratios to their references, unless entries ICT'réf or BBIO'réf
/// stand beside them: then several dwellings may have one each, and the ratio is that of the means. The terms of E': E'C, E'W,
/// E'L, E'AV, E'PE.
/// </param>
/// <param name="Phase">before or after.</param>
/// <param name="Value">Number, or null where there is only a label.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Label">Class letter, or empty.</param>
/// <param name="MethodVersion">Method and version, such as RTG v1.2.</param>
/// <param name="Author">Who calculated it.</param>
/// <param name="Date">When.</param>
public sealed record RegulatoryValue(
    string Kind, string Phase, double? Value, string Unit, string Label, string MethodVersion, string Author, DateOnly Date);

/// <param name="Pdl">Delivery point.</param>
/// <param name="Start">First day.</param>
/// <param name="End">End (exclusive).</param>
/// <param name="Kwh">Energy billed, kWh.</param>
/// <param name="EurTtc">Amount with taxes, €.</param>
/// <param name="Estimated">Billed on an estimate.</param>
/// <param name="Post">
/// Post of the ARRA table that it belongs to: heating, electricity, common-parts or hot-water; null: electricity of the boundary.
/// </param>
public sealed record NoteInvoice(string Pdl, DateOnly Start, DateOnly End, decimal Kwh, decimal? EurTtc, bool Estimated, string? Post = null);

/// <param name="Id">Stable id.</param>
/// <param name="Kind">pef (primary over final energy), co2 (kg/kWh) or price (€/kWh with taxes).</param>
/// <param name="Zone">Where it holds.</param>
/// <param name="Year">Of which year.</param>
/// <param name="Value">The factor.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Source">Document.</param>
/// <param name="Scope">Of what.</param>
public sealed record NoteFactor(string Id, string Kind, string Zone, int Year, decimal Value, string Unit, string Source, string Scope);

/// <summary>What a typical dwelling pays a month, €.</summary>
/// <param name="Dwelling">Type of dwelling.</param>
/// <param name="Phase">before, estimated or observed.</param>
/// <param name="Rent">Rent.</param>
/// <param name="Charges">Charges.</param>
/// <param name="ThirdLine">Tenant's share of the works' savings (fr. 3e ligne de quittance).</param>
public sealed record RentAndCharges(string Dwelling, string Phase, decimal Rent, decimal Charges, decimal ThirdLine)
{
    public decimal Total => Rent + Charges + ThirdLine;
}

/// <param name="Sent">Questionnaires sent.</param>
/// <param name="Answered">Questionnaires answered.</param>
/// <param name="Date">When.</param>
/// <param name="Questions">Questions with their answers counted.</param>
/// <param name="Verbatims">What people said, without names.</param>
public sealed record NoteSurvey(int Sent, int Answered, DateOnly Date, IReadOnlyList<SurveyQuestion> Questions, IReadOnlyList<string> Verbatims);

/// <param name="Text">The question.</param>
/// <param name="Counts">Answers by step of the scale, from worst to best; 3 to 7 steps.</param>
public sealed record SurveyQuestion(BilingualText Text, IReadOnlyList<int> Counts);

/// <param name="Date">When.</param>
/// <param name="What">What was done.</param>
/// <param name="Tenants">How many took part, or null.</param>
/// <param name="Kind">One of <see cref="Kinds"/>; null: support.</param>
public sealed record NoteAction(DateOnly Date, BilingualText What, int? Tenants, string? Kind = null)
{
    /// <summary>Support of the occupants, communication about the operation, incident, maintenance.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["support", "communication", "incident", "maintenance"];
}

/// <summary>A non-routine adjustment as the dossier holds it (IPMVP).</summary>
public sealed record DossierAdjustment(
    string Id, DateOnly From, DateOnly? To, double KwhPerDay, double UncertaintyKwhPerDay, BilingualText Reason, string Author, DateTimeOffset EnteredAt);

/// <summary>A correction of the ledger: who, when, why, before, after (law 8).</summary>
public sealed record LedgerEntry(DateTimeOffset At, string Author, string Subject, string Reason, string Before, string After);
