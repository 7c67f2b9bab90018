from organisering.admin import enheter, grupper, personer, samarbeid

__all__ = ["enheter", "grupper", "personer", "samarbeid"]
