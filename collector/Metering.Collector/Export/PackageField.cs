namespace Metering.Collector.Export;

/// <summary>A column of the data package.</summary>
/// <param name="Name">Column name.</param>
/// <param name="Type">Frictionless type: string, number, integer, boolean, date, datetime.</param>
/// <param name="Description">What it holds.</param>
/// <param name="Unit">QUDT unit name, or empty.</param>
internal sealed record PackageField(string Name, string Type, string Description, string Unit = "");

/// <summary>A table of the data package.</summary>
/// <param name="Name">Resource name.</param>
/// <param name="Compressed">Written as gzip.</param>
/// <param name="Key">Columns of the primary key.</param>
/// <param name="Fields">Columns in order.</param>
/// <param name="Description">What a row is.</param>
internal sealed record PackageTable(string Name, bool Compressed, IReadOnlyList<string> Key, IReadOnlyList<PackageField> Fields, string Description)
{
    public string Path => Name + (Compressed ? ".csv.gz" : ".csv");
}
