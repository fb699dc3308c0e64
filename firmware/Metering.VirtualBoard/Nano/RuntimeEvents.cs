#pragma warning disable IDE0130, CA1051 // imitates nanoFramework's namespace and fields
namespace nanoFramework.Runtime.Events;

public class BaseEvent
{
    public ushort Source;
    public byte Message;
}
