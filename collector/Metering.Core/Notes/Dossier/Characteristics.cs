namespace Metering.Core.Notes.Dossier;

/// <summary>What a building is, as far as no meter and no registry tells: identity sheet, and the park sheet of the CD2E call (§ 3, § 8).</summary>
/// <param name="Type">Type of building, as people say it.</param>
/// <param name="ConstructionYear">Year of construction.</param>
/// <param name="HabitableAreaM2">Habitable area (fr. SHAB), m².</param>
/// <param name="NetFloorAreaM2">Net floor area of the regulation before 2012 (fr. SHON), m².</param>
/// <param name="Heating">individual or collective.</param>
/// <param name="Carrier">Energy carrier of the heating.</param>
/// <param name="Ventilation">Ventilation system.</param>
/// <param name="Intervention">Class of intervention on the façades.</param>
/// <param name="Family">Fire-safety family of the dwellings (1re to 4e), or ERP.</param>
public sealed record BuildingCharacteristics(
    string? Type = null, int? ConstructionYear = null, double? HabitableAreaM2 = null, double? NetFloorAreaM2 = null, string? Heating = null, string? Carrier = null,
    string? Ventilation = null, string? Intervention = null, string? Family = null);

/// <summary>What occupants were told about their data.</summary>
/// <param name="RetentionMonths">How long short-step readings of dwellings are kept and exported, months; null: no limit on record.</param>
/// <param name="InformedOn">When the occupants were informed.</param>
/// <param name="Contact">To whom they turn for access, correction and erasure.</param>
public sealed record DataProtection(int? RetentionMonths = null, DateOnly? InformedOn = null, string? Contact = null);
