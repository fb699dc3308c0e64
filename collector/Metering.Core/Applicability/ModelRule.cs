using Metering.Core.Languages;

namespace Metering.Core.Applicability;

/// <summary>A condition other than a range: a missing table, a building that a model is not meant for, too little data.</summary>
public sealed class ModelRule(string code, BilingualText sentence, string source) : Inapplicability(code, source)
{
    public override string Sentence(Language language, double given) => language == Language.French
        ? $"Non applicable\u00A0: {sentence.French} ({Source})."
        : $"Not applicable: {sentence.English} ({Source}).";
}
