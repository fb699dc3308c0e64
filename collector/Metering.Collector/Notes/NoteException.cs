namespace Metering.Collector.Notes;

/// <summary>A note cannot be made; the message is one line that says why.</summary>
public sealed class NoteException : Exception
{
    public NoteException()
    {
    }

    public NoteException(string message)
        : base(message)
    {
    }

    public NoteException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
